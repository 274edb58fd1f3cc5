package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** While new nodes keep failing, the next launch waits; what is missing to the floor does not. */
final class LaunchBackOffGuard implements Guard {
    @Override
    public GuardName name() {
        return GuardName.LAUNCH_BACKOFF;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Memory.LaunchBackOff backOff = situation.memory().launchBackOff();
        if (!(action instanceof Action.Launch launch)
                || launch.resend() != null
                || backOff == null
                || !backOff.retryAt().isAfter(situation.now())) {
            return Verdict.PASS;
        }
        return Verdict.room(
                draft.missingToFloor(),
                launch.count(),
                new Reason.LaunchesFail(backOff.failures(), backOff.retryAt()),
                backOff.retryAt());
    }
}
