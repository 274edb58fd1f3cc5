package dev.mainstay.planning.rule;

import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.Standing;
import java.util.TreeSet;

/** The first step of a node's end: out of rotation where it is in it, and gone at once where it is not. */
final class TakeOut {
    private TakeOut() {}

    static Action of(Standing node, Reason reason) {
        TreeSet<TargetGroup> groups =
                node.sight().map(seen -> new TreeSet<>(seen.targets().keySet())).orElseGet(TreeSet::new);
        return groups.isEmpty()
                ? new Action.Terminate(node.id(), Removal.heals(reason), reason)
                : new Action.Deregister(node.id(), groups, reason);
    }
}
