package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/**
 * Launches {@code desired − counted}: on spot while a pool is open; on-demand where none is, and for what is missing to the
 * floor. A cluster that is only being started has nothing to lose yet, so there spot is good enough below the floor too.
 */
final class FillCapacity implements Rule {
    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        int counted = draft.counted();
        int missing = desired - counted;
        if (missing <= 0) {
            return;
        }
        Reason capacity = new Reason.CapacityMissing(counted, desired);
        if (situation.spec().spot().isEmpty()) {
            onDemand(situation, draft, Role.BASE, missing, capacity);
            return;
        }
        int urgent = situation.bootstrap() ? 0 : Math.clamp(draft.missingToFloor(), 0, missing);
        int left = missing;
        if (urgent > 0) {
            int floor = situation.spec().capacity().min();
            // Where on-demand is refused everywhere, spot is asked for the urgent ones too.
            left -= onDemand(situation, draft, Role.STAND_IN, urgent, new Reason.FloorAtRisk(floor - urgent, floor));
        }
        Launches spot = new Launches(situation, draft);
        while (left > 0 && spot.addSpot()) {
            left--;
        }
        spot.draft(Role.STAND_IN, false, capacity);
        if (left > 0) {
            onDemand(
                    situation,
                    draft,
                    Role.STAND_IN,
                    left,
                    new Reason.NoSpotPool(situation.spotPools().closed()));
        }
    }

    /** How many found a zone. */
    private static int onDemand(Situation situation, Draft draft, Role role, int count, Reason reason) {
        Launches launches = new Launches(situation, draft);
        int left = count;
        while (left > 0 && launches.addOnDemand()) {
            left--;
        }
        launches.draft(role, false, reason);
        return count - left;
    }
}
