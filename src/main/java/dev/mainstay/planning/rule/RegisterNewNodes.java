package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.TreeSet;

/**
 * A running node goes into rotation at every target group in which it is not registered. For one that someone
 * took out that is only a wish, which the guard held-by-someone holds back for an hour.
 */
final class RegisterNewNodes implements Rule {
    @Override
    public RuleName name() {
        return RuleName.REGISTER_NEW_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        if (situation.observation().gap(Gap.Source.TARGET_HEALTH).isPresent()) {
            return;
        }
        for (Standing node : situation.nodes()) {
            if (node.seen() == null
                    || node.memory().instance().state() != InstanceState.RUNNING
                    || !joins(node)
                    || draft.isCondemned(node)) {
                continue;
            }
            TreeSet<TargetGroup> absent = new TreeSet<>(situation.spec().targetGroups());
            absent.removeAll(node.seen().targets().keySet());
            if (!absent.isEmpty()) {
                draft.want(new Action.Register(node.id(), absent, new Reason.NotRegistered()));
            }
        }
    }

    private static boolean joins(Standing node) {
        if (node.phase() == Phase.COMING) {
            // One that was registered before is not put back at once: someone may want it out.
            return node.memory().heldSince() == null;
        }
        return node.phase() == Phase.HELD_BY_SOMEONE;
    }
}
