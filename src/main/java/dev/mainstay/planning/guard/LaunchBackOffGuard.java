package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;

/**
 * While new nodes keep failing, the next launch waits; what is missing to the floor does not. After the pause a single one is
 * tried, and the others follow when it is healthy.
 */
final class LaunchBackOffGuard implements Guard {
    /** One failure may be chance, and what is missing is launched after its pause; with the second it is a pattern. */
    private static final int DOUBTFUL = 2;

    @Override
    public GuardName name() {
        return GuardName.LAUNCH_BACKOFF;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        if (!(action instanceof Action.Launch launch) || launch.resend() != null) {
            return Verdict.PASS;
        }
        Memory.LaunchBackOff earlier = situation.memory().launchBackOff();
        // One that fails in this very pass counts, or its successor would be on its way before the pause begins.
        Memory.LaunchBackOff backOff = draft.givenUp(Reason.NeverHealthy.class::isInstance) > 0
                ? Memory.LaunchBackOff.after(earlier, situation.now())
                : earlier;
        if (backOff == null) {
            return Verdict.PASS;
        }
        boolean pause = backOff.retryAt().isAfter(situation.now());
        if (!pause && backOff.failures() < DOUBTFUL) {
            return Verdict.PASS;
        }
        boolean tried = situation.unanswered() + draft.newlyLaunched() > 0
                || situation.nodes().stream().anyMatch(node -> mayCome(node, situation));
        return Verdict.room(
                Math.max(draft.missingToFloor(), pause || tried ? 0 : 1),
                launch.count(),
                new Reason.LaunchesFail(backOff.failures(), backOff.retryAt()),
                pause ? backOff.retryAt() : null);
    }

    /** One that failed, and that something else keeps here, would keep every other from being tried. */
    private static boolean mayCome(Standing node, Situation situation) {
        Instant deadline =
                node.memory().watchedFrom().plus(situation.spec().health().registrationDeadline());
        return node.phase() == Phase.COMING && deadline.isAfter(situation.now());
    }
}
