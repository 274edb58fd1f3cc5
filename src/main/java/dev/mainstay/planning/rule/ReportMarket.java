package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.planning.Bill;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Says what the spot market does to the cluster. */
final class ReportMarket implements Rule {
    @Override
    public RuleName name() {
        return RuleName.REPORT_MARKET;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int standIns = situation.standIns((int) situation.nodes().stream()
                .filter(node -> node.exists() && node.onDemand() && node.counted())
                .count());
        if (standIns > 0) {
            draft.report(ConditionName.STANDING_IN, new Reason.StandingIn(standIns));
        }
        boolean spotWanted = !situation.spotPools().none();
        if (spotWanted && (situation.spotPools().allClosed() || stillAwaited(situation, standIns))) {
            draft.report(
                    ConditionName.SPOT_UNAVAILABLE,
                    new Reason.NoSpotPool(situation.spotPools().closed()));
        }
        Bill bill = new Bill(situation);
        List<Pool> ofNodes = situation.nodes().stream()
                .filter(Standing::exists)
                .filter(node ->
                        !bill.known(node.market(), node.memory().instance().pool()))
                // The gap in the spot prices is a condition of its own.
                .filter(node -> node.market() == Market.ON_DEMAND
                        || situation.observation().gap(Gap.Source.SPOT_PRICES).isEmpty())
                .map(node -> node.memory().instance().pool())
                .toList();
        // Without both prices nothing protects a launch from any price at all.
        List<Pool> unknown = Stream.concat(ofNodes.stream(), situation.spotPools().withoutLimit().stream())
                .distinct()
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            draft.report(ConditionName.PRICE_UNKNOWN, new Reason.PriceUnknown(unknown));
        }
    }

    /**
     * Spot that was not to be had is to be had again once a launch has succeeded: only a launch can tell. Where nothing
     * more of it is wanted, an open pool is enough.
     */
    private static boolean stillAwaited(Situation situation, int standIns) {
        Instant since = situation.memory().conditions().get(ConditionName.SPOT_UNAVAILABLE);
        long counted = situation.nodes().stream().filter(Standing::counted).count();
        boolean wanted = standIns > 0 || counted < situation.spec().capacity().desired();
        return since != null
                && wanted
                && situation.nodes().stream()
                        .filter(node -> node.exists() && node.market() == Market.SPOT)
                        .noneMatch(
                                node -> !node.memory().instance().launchedAt().isBefore(since));
    }
}
