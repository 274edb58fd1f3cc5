package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
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
        if (standIns <= 0 || !Switches.quiet(situation, draft) || Switches.wait(situation, draft)) {
            return;
        }
        Optional<Pool> pool = situation.spotPools().best(draft::countedIn);
        if (pool.isEmpty()) {
            draft.waits(
                    new Reason.NoSpotPool(situation.spotPools().closed()),
                    situation.spotPools().opensAt().orElse(null));
            return;
        }
        Launches launches = new Launches(situation, draft);
        launches.addSpot(new Reason.SpotReturned(pool.get(), standIns));
        launches.draft(Role.STAND_IN, true);
    }
}
