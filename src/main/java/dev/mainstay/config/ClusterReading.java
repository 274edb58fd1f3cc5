package dev.mainstay.config;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.ClusterSpec.Capacity;
import dev.mainstay.cluster.ClusterSpec.Health;
import dev.mainstay.cluster.ClusterSpec.Spot;
import dev.mainstay.cluster.Groups;
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
        Optional<Groups> groups = GroupReading.groups(keys.group(), place);
        Optional<Spot> spot = groups.map(GroupReading::spot).orElseGet(() -> CapacityReading.spot(keys.spot(), place));
        Capacity read = CapacityReading.capacity(keys.capacity(), place);
        Capacity capacity =
                groups.map(named -> GroupReading.capacity(read, named, place)).orElse(read);
        return new ClusterSpec(
                name(name, place),
                keys.mode() == null ? root.mode() : keys.mode(),
                region.orElse(""),
                Intervals.of(keys.interval() == null ? root.interval() : keys.interval(), place),
                targetGroups(name, keys.loadBalancer(), region, place),
                place.below("group").given()
                        ? GroupReading.launch()
                        : LaunchReading.launch(keys.launch(), region, place),
                capacity,
                spot,
                health(keys.health(), place),
                CreditsReading.credits(keys, place),
                GuardsReading.guards(keys.guards(), capacity.desired(), place),
                groups);
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

    /** Target groups and classic load balancers alike: every node is registered in each of them. */
    private List<TargetGroup> targetGroups(
            String cluster, ConfigKeys.LoadBalancer keys, Optional<String> region, Place place) {
        Place at = place.below("load-balancer");
        List<TargetGroup> groups = new ArrayList<>();
        Place arnsAt = at.below("target-groups");
        for (int i = 0; i < keys.targetGroups().size(); i++) {
            String arn = keys.targetGroups().get(i);
            if (Forms.targetGroup(arnsAt.element(i), arn, region)) {
                taken(arn, cluster, "this target group", arnsAt.element(i));
                groups.add(new TargetGroup(arn));
            }
        }
        Place namesAt = at.below("classic");
        for (int i = 0; i < keys.classic().size(); i++) {
            String name = keys.classic().get(i);
            if (Forms.classic(namesAt.element(i), name)) {
                // Its name is its own only in its region.
                taken(region.orElse("") + " " + name, cluster, "this load balancer", namesAt.element(i));
                groups.add(new TargetGroup(name));
            }
        }
        if (groups.isEmpty() && keys.classic().isEmpty()) {
            arnsAt.missing(
                    "is missing; needs the ARN of at least one target group, or a classic load balancer's name in"
                            + " load-balancer.classic");
        }
        return groups;
    }

    private void taken(String key, String cluster, String what, Place at) {
        String owner = ownerOfTargetGroup.putIfAbsent(key, cluster);
        if (owner != null) {
            at.refuse("%s is given to cluster %s already; it can have one".formatted(what, owner));
        }
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
