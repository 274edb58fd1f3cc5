package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * While on-demand nodes stand in and a spot pool is open, one spot node is launched beyond {@code desired}. Once it serves,
 * a stand-in has become surplus and goes. One at a time, and only while nothing is missing.
 */
final class ReturnToSpot implements Rule {
    @Override
    public RuleName name() {
        return RuleName.RETURN_TO_SPOT;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        // A node at risk that survives takes the place of a stand-in for nothing.
        int survivors = (int) situation.nodes().stream()
                .filter(node -> node.phase() == Phase.AT_RISK && node.inService())
                .count();
        int standIns = situation.standIns(draft.countedOnDemand()) - survivors;
        boolean whole = draft.counted() == situation.spec().capacity().desired()
                && situation.nodes().stream().noneMatch(node -> draft.isCondemned(node) && node.exists());
        boolean underWay = draft.newlyLaunched() > 0
                || situation.unanswered() > 0
                || situation.nodes().stream().anyMatch(node -> node.leaving() || node.phase() == Phase.COMING);
        if (standIns <= 0 || !whole || underWay) {
            return;
        }
        Optional<Instant> held = situation.memory().switchesHeldUntil();
        if (held.isPresent() && held.get().isAfter(situation.now())) {
            Duration dwell = situation.memory().returns().dwell();
            draft.waits(new Reason.Settling(dwell, held.get()), held.get());
            return;
        }
        Optional<Pool> pool = situation.spotPools().best(draft::countedIn);
        Launches launches = new Launches(situation, draft);
        if (pool.isPresent() && launches.addSpot(new Reason.SpotReturned(pool.get(), standIns))) {
            launches.draft(Role.STAND_IN, true);
        }
    }
}
