package dev.mainstay.cluster;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Auto Scaling groups that launch the cluster's nodes, in place of us.
 *
 * @param spot null: there is one group, for all
 * @param onDemand the group of on-demand nodes, or the one for all
 * @param hook the lifecycle hook that is ours to complete; null: none is
 */
public record Groups(
        @Nullable GroupName spot,
        GroupName onDemand,
        @Nullable String hook) {

    public boolean pair() {
        return spot != null;
    }

    public List<GroupName> names() {
        return spot == null ? List.of(onDemand) : List.of(spot, onDemand);
    }

    /** The group of a node. */
    public GroupName of(Market market) {
        return spot != null && market == Market.SPOT ? spot : onDemand;
    }

    public Optional<String> ourHook() {
        return Optional.ofNullable(hook);
    }
}
