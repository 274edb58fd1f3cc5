package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** When too many are sick at once nobody is given up for it: the cause is probably none of them. */
final class SharedFateHold implements Guard {
    @Override
    public GuardName name() {
        return GuardName.SHARED_FATE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        boolean health = switch (action.reason()) {
            case Reason.UnhealthyFor _, Reason.Flapping _ -> true;
            default -> false;
        };
        return health
                ? situation.sharedFate().<Verdict>map(Verdict.Withhold::new).orElse(Verdict.PASS)
                : Verdict.PASS;
    }
}
