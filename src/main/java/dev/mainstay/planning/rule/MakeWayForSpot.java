package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.planning.Bill;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Under a spending cap the stand-ins may take the money for which more spot nodes could serve: the missing ones no longer fit
 * under it, and a cluster that is not whole returns nobody. Then one stand-in goes first, one at a time and never under the
 * floor, where spot has been to be had for an hour: otherwise on-demand would be bought again at once.
 */
final class MakeWayForSpot implements Rule {
    private static final Duration TO_BE_HAD = Duration.ofHours(1);

    @Override
    public RuleName name() {
        return RuleName.MAKE_WAY_FOR_SPOT;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        boolean waiting = draft.newlyLaunched() > 0
                || situation.nodes().stream()
                        .anyMatch(node ->
                                node.leaving() || node.phase() == Phase.COMING || node.phase() == Phase.AT_RISK);
        if (draft.counted() >= desired || waiting || situation.standIns(draft.countedOnDemand()) == 0) {
            return;
        }
        Optional<Pool> pool = situation.spotPools().best(draft::countedIn);
        if (pool.isEmpty()
                || situation.spotPools().restless(pool.get(), TO_BE_HAD)
                || affordable(pool.get(), situation)) {
            return;
        }
        Reason reason = new Reason.TakesMoneyFromSpot(pool.get(), desired - draft.counted());
        situation.nodes().stream()
                .filter(node -> node.phase() == Phase.IN_SERVICE && node.onDemand() && node.seen() != null)
                .min(Comparator.comparing(Standing::id))
                .ifPresent(node -> draft.want(TakeOut.of(node, reason)));
    }

    private static boolean affordable(Pool pool, Situation situation) {
        Double cap = situation.spec().guards().usdPerHour();
        Bill bill = new Bill(situation);
        return cap == null || bill.estimate() + bill.estimate(Market.SPOT, pool) <= cap;
    }
}
