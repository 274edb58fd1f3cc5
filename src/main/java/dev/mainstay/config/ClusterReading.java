package dev.mainstay.config;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.ClusterSpec.Capacity;
import dev.mainstay.cluster.ClusterSpec.Health;
import dev.mainstay.cluster.ClusterSpec.Spot;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.config.Findings.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts clusters together and notes what does not fit together. With a mistake noted, what it returns holds stand-ins and
 * is thrown away.
 */
final class ClusterReading {
    private static final ClusterName STAND_IN = new ClusterName("unnamed");

    private final ConfigKeys.Root root;
    private final Map<String, String> ownerOfTargetGroup = new HashMap<>();

    ClusterReading(ConfigKeys.Root root) {
        this.root = root;
    }

    ClusterSpec cluster(String name, ConfigKeys.Cluster keys, Place place) {
        Optional<String> region = region(keys, place);
        Optional<Spot> spot = CapacityReading.spot(keys.spot(), place);
        Capacity capacity = CapacityReading.capacity(keys.capacity(), place);
        return new ClusterSpec(
                name(name, place),
                keys.mode() == null ? root.mode() : keys.mode(),
                region.orElse(""),
                Intervals.of(keys.interval() == null ? root.interval() : keys.interval(), place),
                targetGroups(name, keys.loadBalancer().targetGroups(), region, place),
                LaunchReading.launch(keys.launch(), region, place),
                capacity,
                spot,
                health(keys.health(), place),
                CreditsReading.credits(keys, place),
                GuardsReading.guards(keys.guards(), capacity.desired(), place));
    }

    private static ClusterName name(String name, Place place) {
        if (ClusterName.FORM.matcher(name).matches()) {
            return new ClusterName(name);
        }
        place.refuse("%s is not a cluster's name; needs a small letter, then up to 31 small letters, digits and '-'"
                .formatted(Quoted.of(name)));
        return STAND_IN;
    }

    /** Empty when there is none that could be judged against. */
    private static Optional<String> region(ConfigKeys.Cluster keys, Place place) {
        if (keys.region() == null) {
            place.below("region").missing("is missing; needs an AWS region, such as us-east-1");
            return Optional.empty();
        }
        return Forms.region(place.below("region"), keys.region()) ? Optional.of(keys.region()) : Optional.empty();
    }

    private List<TargetGroup> targetGroups(String cluster, List<String> arns, Optional<String> region, Place place) {
        Place at = place.below("load-balancer").below("target-groups");
        List<TargetGroup> groups = new ArrayList<>();
        for (int i = 0; i < arns.size(); i++) {
            if (Forms.targetGroup(at.element(i), arns.get(i), region)) {
                String owner = ownerOfTargetGroup.putIfAbsent(arns.get(i), cluster);
                if (owner != null) {
                    at.element(i)
                            .refuse("this target group is given to cluster %s already; it can have one"
                                    .formatted(owner));
                }
                groups.add(new TargetGroup(arns.get(i)));
            }
        }
        if (groups.isEmpty()) {
            at.missing("is missing; needs the ARN of at least one target group");
        }
        return groups;
    }

    private static Health health(ConfigKeys.Health keys, Place place) {
        if (keys.maxUnhealthy().ratio() == 0) {
            place.below("health").below("max-unhealthy").refuse("0% would call every illness shared; needs more");
        }
        return new Health(
                keys.startupGrace().value(),
                keys.unhealthyAfter().value(),
                keys.healthyFor().value(),
                keys.maxUnhealthy().ratio(),
                keys.registrationDeadline().value(),
                keys.flapsPerHour().value(),
                keys.leftAlone().value());
    }
}
