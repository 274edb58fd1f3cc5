package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Doom;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;

/**
 * Nothing of ours takes the number in service below the floor, or the last serving node out of rotation, unless nothing at
 * all is what was asked for. Whom the load balancer does not judge, for trouble of its own, may serve all the same. A node that AWS takes within seconds is no longer held for the floor: it is only spared the last
 * connections.
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
        boolean takenAnyway = action.subject()
                .map(situation.standings()::get)
                .filter(node -> Doom.atLastMoment(node, situation))
                .isPresent();
        int floor = takenAnyway ? Math.min(1, situation.floor()) : situation.floor();
        boolean serves = action.subject()
                .map(situation.standings()::get)
                .filter(Standing::mightServe)
                .isPresent();
        return Verdict.withholdIf(
                serves && draft.inServiceAfter() - 1 < floor, new Reason.AtFloor(draft.inServiceAfter(), floor));
    }
}
