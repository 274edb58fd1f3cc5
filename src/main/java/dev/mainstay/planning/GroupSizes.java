package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.Groups;
import dev.mainstay.cluster.Market;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How large the cluster's Auto Scaling groups should be. Sizes are absolute, and follow from who is there: asked for twice
 * they do nothing twice. A group is made smaller only together with a node that we choose.
 */
public final class GroupSizes {
    private final Situation situation;
    private final Draft draft;
    private final Groups groups;

    private GroupSizes(Situation situation, Draft draft, Groups groups) {
        this.situation = situation;
        this.draft = draft;
        this.groups = groups;
    }

    /** Empty where we launch ourselves. */
    public static Optional<GroupSizes> of(Situation situation, Draft draft) {
        return situation.spec().groups().map(groups -> new GroupSizes(situation, draft, groups));
    }

    /** How many nodes are wanted of a group. */
    public int wanted(GroupName name) {
        ClusterSpec.Capacity capacity = situation.spec().capacity();
        int base = Math.min(capacity.onDemandBase(), capacity.desired());
        int lasting = !groups.pair()
                ? capacity.desired()
                : name.equals(groups.onDemand()) ? onDemand(base) : capacity.desired() - base;
        return lasting + replacing(name) - count(name, node -> node.phase() == Phase.RESTING);
    }

    /** What the rules want to be there, seen from the group: the node goes, and it should not be replaced by the group. */
    Optional<GroupName> shrunkBy(Standing node) {
        GroupName name = groups.of(node.market());
        Group group = situation.observation().groups().get(name);
        if (group == null) {
            return Optional.empty();
        }
        long shrunk = draft.assumed().stream()
                .filter(action -> action instanceof Action.Terminate terminate && name.equals(terminate.shrinks()))
                .count();
        int left = group.desired() - (int) shrunk;
        int without = wanted(name) - (replaces(node) ? 1 : 0);
        return left > Math.max(without, group.min()) ? Optional.of(name) : Optional.empty();
    }

    /** The base, and what spot does not give: at once where its group was refused, or the floor is at stake. */
    private int onDemand(int base) {
        int needed = Math.max(base, situation.spec().capacity().desired() - spotCounted());
        Group spot =
                groups.spot() == null ? null : situation.observation().groups().get(groups.spot());
        Group own = situation.observation().groups().get(groups.onDemand());
        boolean unavailable = spot != null && (spot.refused() || spot.launchSuspended());
        if (own == null || unavailable || draft.missingToFloor() > 0 && !situation.bootstrap()) {
            return needed;
        }
        return Math.max(base, Math.min(own.desired(), needed));
    }

    private int spotCounted() {
        return (int) situation.nodes().stream()
                .filter(node -> node.market() == Market.SPOT && draft.isCounted(node))
                .count();
    }

    /** One that serves is replaced before it goes, one at a time and where there is room. */
    private int replacing(GroupName name) {
        boolean room =
                situation.spec().capacity().max() > situation.spec().capacity().desired();
        return room ? Math.min(1, count(name, this::replaces)) : 0;
    }

    /** Not one that AWS takes: nobody could keep the group from replacing it as well. */
    private boolean replaces(Standing node) {
        return node.inService()
                && !node.leaving()
                && node.phase() != Phase.DOOMED
                && draft.isCondemned(node)
                && draft.condemnation(node).filter(GroupSizes::surplus).isEmpty();
    }

    private static boolean surplus(Reason reason) {
        return reason instanceof Reason.MoreThanWanted || reason instanceof Reason.StandInNotNeeded;
    }

    private int count(GroupName name, Predicate<Standing> which) {
        return (int) situation.nodes().stream()
                .filter(node -> groups.of(node.market()).equals(name))
                .filter(which)
                .count();
    }
}
