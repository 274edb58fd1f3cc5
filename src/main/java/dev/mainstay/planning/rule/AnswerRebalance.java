package dev.mainstay.planning.rule;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.Optional;

/**
 * EC2 recommends to leave a node: where the config wants it, one spare is launched in another pool, under the return budget.
 * The recommended node is not drained for it; the spare takes its place if it is lost, and is surplus once the hint is old.
 */
final class AnswerRebalance implements Rule {
    @Override
    public RuleName name() {
        return RuleName.ANSWER_REBALANCE;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        boolean wanted = situation
                        .spec()
                        .spot()
                        .map(ClusterSpec.Spot::rebalanceCandidates)
                        .orElse(false)
                && Switches.quiet(situation, draft);
        Optional<Standing> hinted =
                wanted ? situation.nodes().stream().filter(situation::hinted).findFirst() : Optional.empty();
        if (hinted.isEmpty() || Switches.wait(situation, draft)) {
            return;
        }
        Pool leave = hinted.get().memory().instance().pool();
        Optional<Pool> elsewhere = situation.spotPools().best(draft::countedIn, pool -> !pool.equals(leave));
        elsewhere.ifPresent(pool -> {
            Launches launches = new Launches(situation, draft);
            launches.addSpotIn(pool, new Reason.RebalanceAdvised(hinted.get().id(), leave));
            launches.draft(Role.SPOT, true);
        });
    }
}
