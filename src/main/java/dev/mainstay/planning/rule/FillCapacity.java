package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Returns;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import java.time.Instant;
import java.util.Optional;

/**
 * Launches {@code desired − counted}: on spot while a pool is open; on-demand where none is, for what is missing to the
 * floor, and in the dwell after a switch to spot that was lost again soon. A cluster that is only being started has nothing to lose yet, so there spot is good enough below the floor too.
 */
final class FillCapacity implements Rule {
    @Override
    public RuleName name() {
        return RuleName.FILL_CAPACITY;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        int counted = draft.counted();
        int missing = desired - counted;
        if (situation.spec().capacity().countForeign()
                && situation.observation().gap(Gap.Source.TARGET_HEALTH).isPresent()) {
            // Nobody knows how many of the others serve: only our own floor is sure to be wanted.
            missing = Math.min(missing, draft.missingToFloor());
        }
        if (missing <= 0) {
            return;
        }
        Reason capacity = new Reason.CapacityMissing(counted, desired);
        Launches launches = new Launches(situation, draft);
        int placed = 0;
        if (situation.spec().spot().isEmpty()) {
            while (placed < missing && launches.addOnDemand(capacity)) {
                placed++;
            }
            launches.draft(Role.BASE, false);
            return;
        }
        int floor = situation.spec().capacity().min();
        int urgent = situation.bootstrap() ? 0 : Math.clamp(draft.missingToFloor(), 0, missing);
        Reason floorAtRisk = new Reason.FloorAtRisk(floor - urgent, floor);
        while (placed < urgent && launches.addOnDemand(floorAtRisk)) {
            placed++;
        }
        Returns returns = situation.memory().returns();
        Optional<Instant> disappointed = returns.disappointedUntil(situation.now());
        if (disappointed.isPresent()) {
            Reason settling = new Reason.Settling(returns.dwell(), disappointed.get());
            while (placed < missing && launches.addOnDemand(settling)) {
                placed++;
            }
        }
        // Where on-demand is refused everywhere, spot is better than nothing, under the floor too.
        while (placed < missing && launches.addSpot(capacity)) {
            placed++;
        }
        Reason noSpot = new Reason.NoSpotPool(situation.spotPools().closed());
        while (placed < missing && launches.addOnDemand(noSpot)) {
            placed++;
        }
        launches.draft(Role.STAND_IN, false);
    }
}
