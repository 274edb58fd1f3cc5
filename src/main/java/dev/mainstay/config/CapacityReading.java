package dev.mainstay.config;

import dev.mainstay.cluster.ClusterSpec.Capacity;
import dev.mainstay.cluster.ClusterSpec.Spot;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.config.Findings.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** How many nodes, of which types and on which market: the sections {@code capacity} and {@code spot}. */
final class CapacityReading {
    private CapacityReading() {}

    /**
     * The capacity with its defaults: {@code min} half of {@code desired}, rounded up; {@code max} twice
     * {@code desired}, so that every node can be replaced launch first; a base of one; no on-demand type, which stands
     * for the launch template's own: that is known to AWS only.
     */
    static Capacity capacity(ConfigKeys.Capacity keys, Place place) {
        Place at = place.below("capacity");
        List<InstanceType> types = types(keys.onDemandTypes(), at.below("on-demand-types"));
        int desired = keys.desired() == null ? 1 : keys.desired().value();
        if (keys.desired() == null) {
            at.below("desired").missing("is missing; needs the number of nodes wanted in service, at least 1");
        } else if (desired == 0 && !keys.allowZero().value()) {
            at.below("desired").refuse("0 would end every node; needs at least 1, or allow-zero: true beside it");
        }
        int min = or(keys.min(), (desired + 1) / 2);
        int max = or(keys.max(), 2 * desired);
        boolean foreign = keys.countForeign().value();
        int base = or(keys.onDemandBase(), Math.min(1, desired));
        if (keys.desired() != null) {
            judge(new Capacity(desired, min, max, base, types, foreign), keys, at);
        } else if (min > max && keys.min() != null && keys.max() != null) {
            at.below("min").refuse("%d is above max %d; needs at most max".formatted(min, max));
        }
        return new Capacity(desired, min, max, base, types, foreign);
    }

    private static void judge(Capacity capacity, ConfigKeys.Capacity keys, Place at) {
        int desired = capacity.desired();
        if (keys.min() != null && keys.max() != null && capacity.min() > capacity.max()) {
            at.below("min").refuse("%d is above max %d; needs at most max".formatted(capacity.min(), capacity.max()));
        } else if (capacity.min() > desired) {
            at.below("min").refuse("%d is above desired %d; needs at most desired".formatted(capacity.min(), desired));
        }
        if (desired > capacity.max()) {
            at.below("max").refuse("%d is below desired %d; needs at least desired".formatted(capacity.max(), desired));
        } else if (desired == capacity.max()) {
            at.below("max")
                    .warn("leaves no room to launch a replacement before a sick node goes; desired + 1 or more does");
        }
        if (capacity.onDemandBase() > desired) {
            at.below("on-demand-base")
                    .refuse("%d is above desired %d; needs at most desired"
                            .formatted(capacity.onDemandBase(), desired));
        }
    }

    static Optional<Spot> spot(ConfigKeys.@Nullable Spot keys, Place place) {
        Place at = place.below("spot");
        List<InstanceType> types = keys == null ? List.of() : types(keys.types(), at.below("types"));
        if (types.isEmpty() && at.given()) {
            at.below("types").missing("is missing; needs at least one instance type, or remove spot for all on-demand");
        }
        if (keys == null) {
            return Optional.empty();
        }
        if (keys.returnMargin().ratio() >= 1) {
            at.below("return-margin").refuse("100% leaves no price at which to return; needs less");
        }
        return Optional.of(new Spot(
                types,
                keys.maxPrice() == null ? null : keys.maxPrice().value(),
                keys.returnAfter().value(),
                keys.returnMargin().ratio(),
                keys.atRiskFor().value(),
                keys.insureFor().value(),
                keys.moves().value(),
                keys.rebalanceCandidates().value()));
    }

    /** Those of a list that are types, each once; what is wrong with the others has been told. */
    private static List<InstanceType> types(List<String> texts, Place at) {
        SequencedSet<String> types = new LinkedHashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            if (Forms.type(at.element(i), texts.get(i)) && !types.add(texts.get(i))) {
                at.element(i).refuse("%s is given twice; remove one".formatted(Quoted.of(texts.get(i))));
            }
        }
        return types.stream().map(InstanceType::new).toList();
    }

    private static int or(@Nullable Count given, int standard) {
        return given == null ? standard : given.value();
    }
}
