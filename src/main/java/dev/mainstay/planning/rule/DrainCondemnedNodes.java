package dev.mainstay.planning.rule;

import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.List;
import java.util.TreeSet;

/**
 * A condemned node is taken out of rotation once its replacement is in service. Only where there is no room under
 * {@code max} for a replacement does one that serves nobody go first.
 */
final class DrainCondemnedNodes implements Rule {
    @Override
    public RuleName name() {
        return RuleName.DRAIN_CONDEMNED_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        List<Standing> waiting = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.CONDEMNED)
                .toList();
        int desired = situation.spec().capacity().desired();
        int serving = situation.foreignInService()
                + (int) situation.nodes().stream()
                        .filter(node -> node.inService() && draft.isCounted(node))
                        .count();
        // Each condemned node that stays holds its own slot; the others must be held by nodes in service.
        int replaced = Math.max(0, serving + waiting.size() - desired);
        boolean full = situation.existing() >= situation.spec().capacity().max() && draft.counted() < desired;
        for (Standing node : waiting) {
            NodeMemory.Condemnation condemned = node.memory().condemned();
            boolean makesRoom = full && !node.inService();
            // One that EC2 does not list just now is either gone or back soon.
            if (condemned == null || node.seen() == null || replaced <= 0 && !makesRoom) {
                continue;
            }
            replaced--;
            remove(node, condemned.reason(), draft);
        }
    }

    private static void remove(Standing node, Reason reason, Draft draft) {
        TreeSet<TargetGroup> groups =
                node.sight().map(seen -> new TreeSet<>(seen.targets().keySet())).orElseGet(TreeSet::new);
        if (groups.isEmpty()) {
            draft.want(new Action.Terminate(node.id(), Removal.heals(reason), reason));
        } else {
            draft.want(new Action.Deregister(node.id(), groups, reason));
        }
    }
}
