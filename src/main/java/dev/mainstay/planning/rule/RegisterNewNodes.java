package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;
import java.util.TreeSet;

/**
 * A running node goes into rotation at every target group in which it is not registered. One that someone took out is
 * wanted back, too; the guard {@code held-by-someone} leaves it to them for an hour.
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
            boolean running = node.memory().instance().state() == InstanceState.RUNNING;
            if (!joins(node.phase()) || node.seen() == null || !running || draft.isCondemned(node)) {
                continue;
            }
            TreeSet<TargetGroup> absent = new TreeSet<>(situation.spec().targetGroups());
            // A target group that still drains it takes it back at once.
            node.seen().targets().forEach((group, health) -> {
                if (health.state() != TargetHealth.State.DRAINING) {
                    absent.remove(group);
                }
            });
            if (!absent.isEmpty()) {
                Instant heldSince = node.memory().heldSince();
                Reason reason = heldSince == null ? new Reason.NotRegistered() : new Reason.HeldBySomeone(heldSince);
                draft.want(new Action.Register(node.id(), absent, reason));
            }
        }
    }

    private static boolean joins(Phase phase) {
        return phase == Phase.COMING || phase == Phase.AT_RISK || phase == Phase.HELD_BY_SOMEONE;
    }
}
