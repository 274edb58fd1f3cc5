package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** Never more nodes than max. */
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
        int max = situation.spec().capacity().max();
        int existing = situation.existing() + draft.newlyLaunched();
        return Verdict.room(max - existing, launch.count(), new Reason.AtMax(existing, max));
    }
}
