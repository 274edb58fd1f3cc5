package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;

/**
 * Nothing of ours takes the number in service below the floor, or the last serving node out of rotation; unless nothing at
 * all is what was asked for.
 */
final class FloorGuard implements Guard {
    @Override
    public GuardName name() {
        return GuardName.FLOOR;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        if (!action.kind().destructive()) {
            return Verdict.PASS;
        }
        int floor = situation.floor();
        boolean serves = action.subject()
                .map(situation.standings()::get)
                .filter(Standing::inService)
                .isPresent();
        return Verdict.withholdIf(
                serves && draft.inServiceAfter() - 1 < floor, new Reason.AtFloor(draft.inServiceAfter(), floor));
    }
}
