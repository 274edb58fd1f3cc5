package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.SpotMarket;
import dev.mainstay.backtest.Turn;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Spot in one zone and nothing else, as a group with a single subnet. Without an argument the zone is the best in hindsight,
 * which flatters it: nobody knows it beforehand. The base, where the frame has one, is on-demand.
 */
final class SingleZoneSpot implements Policy {
    private final int zone;

    SingleZoneSpot(int zone) {
        this.zone = zone;
    }

    /** The zone that had room for the wanted nodes most of the time. */
    static SingleZoneSpot best(SpotMarket market, int wanted) {
        return new SingleZoneSpot(IntStream.range(0, market.zoneCount())
                .boxed()
                .max(Comparator.comparingLong(zone -> IntStream.range(0, market.ticks())
                        .filter(tick -> market.room(zone, tick) >= wanted)
                        .count()))
                .orElseThrow());
    }

    @Override
    public void decide(Turn turn) {
        Fleet.onDemand(turn, turn.frame().base());
        int wanted = turn.frame().desired() - turn.frame().base();
        for (int missing = wanted - Fleet.spot(turn).size(); missing > 0; missing--) {
            turn.launchSpot(zone);
        }
    }
}
