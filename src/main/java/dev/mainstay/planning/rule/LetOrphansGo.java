package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;

/**
 * A node whose launch was given up, and that came all the same, goes after a grace. In that time it is taken in where a node
 * is missing; one that serves, because someone put it into rotation, goes only where enough serve without it.
 */
final class LetOrphansGo implements Rule {
    @Override
    public RuleName name() {
        return RuleName.LET_ORPHANS_GO;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        for (Standing node : situation.nodes()) {
            NodeMemory.Condemnation condemned = node.memory().condemned();
            if (node.phase() != Phase.CONDEMNED
                    || node.seen() == null
                    || condemned == null
                    || !(condemned.reason() instanceof Reason.Orphaned orphaned)) {
                continue;
            }
            Instant end = orphaned.since().plus(orphaned.grace());
            int others = situation.inService() - (node.inService() ? 1 : 0);
            if (end.isAfter(situation.now())) {
                draft.waits(node, orphaned, end);
            } else if (node.inService() && others < desired) {
                draft.waits(node, new Reason.NotReplaced(others, desired), null);
            } else {
                draft.want(TakeOut.of(node, orphaned));
            }
        }
    }
}
