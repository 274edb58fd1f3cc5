package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;

/**
 * While the load is too much for the cluster's CPU credits, nobody who serves, or soon will, is taken out as surplus or
 * for want of credits: each would leave its share to the others. It ends with the overload, which is a condition of its own.
 */
final class Overload implements Guard {
    @Override
    public GuardName name() {
        return GuardName.OVERLOAD;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        boolean voluntary = switch (action.reason()) {
            case Reason.MoreThanWanted _, Reason.StandInNotNeeded _, Reason.Remedied _ -> true;
            default -> false;
        };
        boolean helps = action.kind().destructive()
                && action.subject()
                        .map(situation.standings()::get)
                        .filter(Overload::serves)
                        .isPresent();
        return voluntary && helps
                ? situation
                        .shortages()
                        .overload()
                        .<Verdict>map(Verdict.Withhold::new)
                        .orElse(Verdict.PASS)
                : Verdict.PASS;
    }

    private static boolean serves(Standing node) {
        return node.inService() || node.phase() == Phase.COMING;
    }
}
