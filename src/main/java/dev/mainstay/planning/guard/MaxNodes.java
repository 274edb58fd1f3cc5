package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** Never more nodes than max, and one canary. */
final class MaxNodes implements Guard {
    @Override
    public GuardName name() {
        return GuardName.MAX_NODES;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        if (!(action instanceof Action.Launch launch) || launch.resend() != null) {
            return Verdict.PASS;
        }
        Canary canary = situation.memory().canary();
        boolean tried = canary != null
                && situation.nodes().stream()
                        .anyMatch(node -> node.exists() && !node.memory().lost() && canary.is(node.memory()));
        int max = situation.spec().capacity().max() + (launch.isCanary() || tried ? 1 : 0);
        int existing = situation.existing() + draft.newlyLaunched();
        return Verdict.room(max - existing, launch.count(), new Reason.AtMax(existing, max));
    }
}
