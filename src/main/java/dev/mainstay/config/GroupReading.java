package dev.mainstay.config;

import dev.mainstay.cluster.ClusterSpec.Capacity;
import dev.mainstay.cluster.ClusterSpec.Launch;
import dev.mainstay.cluster.ClusterSpec.Spot;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.Groups;
import dev.mainstay.config.Findings.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Auto Scaling groups that launch a cluster's nodes: the section {@code group}, and what then stands nowhere else. */
final class GroupReading {
    private GroupReading() {}

    /** Empty where Mainstay launches itself. */
    static Optional<Groups> groups(ConfigKeys.Group keys, Place place) {
        Place at = place.below("group");
        if (!at.given()) {
            return Optional.empty();
        }
        for (String other : List.of("launch", "spot")) {
            Place beside = place.below(other);
            if (beside.given()) {
                beside.refuse("stands beside group; the Auto Scaling group says what is launched, so remove it");
            }
        }
        Place promotion = place.below("credits").below("fallback-type");
        if (promotion.given()) {
            promotion.refuse("stands beside group; the Auto Scaling group says of which type nodes are, so remove it");
        }
        boolean pair = keys.spot() != null || keys.onDemand() != null;
        if (pair && keys.name() != null) {
            at.below("name").refuse("stands beside a pair of groups; needs either name, or spot and on-demand");
        } else if (pair && keys.spot() == null) {
            at.below("spot").missing("is missing; needs the name of the group of spot nodes, or one group under name");
        } else if (pair && keys.onDemand() == null) {
            at.below("on-demand").missing("is missing; needs the name of the group of on-demand nodes");
        } else if (!pair && keys.name() == null) {
            at.below("name")
                    .missing("is missing; needs the name of the Auto Scaling group, or spot and on-demand for two");
        }
        GroupName spot = name(keys.spot(), at.below("spot"));
        GroupName other = pair ? name(keys.onDemand(), at.below("on-demand")) : name(keys.name(), at.below("name"));
        if (spot != null && spot.equals(other)) {
            at.below("spot")
                    .refuse("%s is the on-demand group already; needs another".formatted(Quoted.of(spot.value())));
        }
        return other == null ? Optional.empty() : Optional.of(new Groups(spot, other, keys.hook()));
    }

    private static @Nullable GroupName name(@Nullable String text, Place at) {
        if (text == null) {
            return null;
        }
        if (text.length() > 255 || text.isBlank()) {
            at.refuse("needs the name of an Auto Scaling group, 1 to 255 characters");
            return null;
        }
        return new GroupName(text);
    }

    /** A group launches by a template of its own. */
    static Launch launch() {
        return new Launch("", "$Default", new TreeMap<>(), Map.of(), Duration.ZERO);
    }

    /** Where to buy spot is the group's to know; that there is spot, and stand-ins for it, is the pair's. */
    static Optional<Spot> spot(Groups groups) {
        return groups.pair()
                ? Optional.of(new Spot(List.of(), null, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, false, false))
                : Optional.empty();
    }

    /** Which of its nodes are on-demand one group decides, so there is no base to keep unless one is asked for. */
    static Capacity capacity(Capacity read, Groups groups, Place place) {
        boolean asked = place.below("capacity").below("on-demand-base").given();
        return groups.pair() || asked
                ? read
                : new Capacity(read.desired(), read.min(), read.max(), 0, read.onDemandTypes(), read.countForeign());
    }
}
