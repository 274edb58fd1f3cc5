package dev.mainstay.planning.guard;

import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.SharedFate;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;

/**
 * When too many are sick at once nobody is given up for it, and nobody who was is taken away: the cause is probably none of
 * them. Once a canary has got well they are given up after all, a few at a time. Nodes that EC2 itself calls impaired are not
 * meant, nor are those outside a zone that alone is sick.
 */
final class SharedFateHold implements Guard {
    @Override
    public GuardName name() {
        return GuardName.SHARED_FATE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Canary canary = situation.memory().canary();
        SharedFate fate = situation.sharedFate().orElse(null);
        if (canary == null
                || fate == null
                || !forHealth(action.reason())
                || elsewhere(action, canary, situation)
                || impaired(action, situation)) {
            return Verdict.PASS;
        }
        return switch (canary.stage()) {
            case Canary.Stage.Watching _, Canary.Stage.Tried _ -> new Verdict.Withhold(fate.reason());
            case Canary.Stage.Failed(var since, var retryAt) ->
                new Verdict.Withhold(new Reason.CanarySick(canary.tries(), since, retryAt), retryAt);
            case Canary.Stage.Healing step -> healing(action, step, situation, draft);
            case Canary.Stage.Over _ -> Verdict.PASS;
        };
    }

    private static Verdict healing(Action action, Canary.Stage.Healing step, Situation situation, Draft draft) {
        Standing node = action.subject().map(situation.standings()::get).orElse(null);
        boolean givenUp = node == null || node.condemned() || action.reason() instanceof Reason.NeverHealthy;
        return Verdict.withholdIf(
                !givenUp && (step.begun() || draft.givenUp(SharedFateHold::forHealth) >= step.atOnce()),
                new Reason.HealingInSteps(step.atOnce()));
    }

    private static boolean forHealth(Reason reason) {
        return switch (reason) {
            case Reason.UnhealthyFor _, Reason.Flapping _, Reason.NeverHealthy _, Reason.NotSeenHealthy _ -> true;
            default -> false;
        };
    }

    private static boolean impaired(Action action, Situation situation) {
        return action.subject()
                .map(situation.standings()::get)
                .flatMap(Standing::sight)
                .filter(seen -> seen.statusCheck() == StatusCheck.IMPAIRED)
                .isPresent();
    }

    private static boolean elsewhere(Action action, Canary canary, Situation situation) {
        return canary.zone() != null
                && action.subject()
                        .map(situation.standings()::get)
                        .filter(node -> node.memory().instance().zone().equals(canary.zone()))
                        .isEmpty();
    }
}
