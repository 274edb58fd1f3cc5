package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An Auto Scaling group with a mixed instances policy: the base and a percentage above it on-demand, the rest spot with the
 * strategy {@code price-capacity-optimized}, and capacity rebalancing. It never falls back to on-demand. Source: Amazon EC2
 * Auto Scaling User Guide, "Auto Scaling groups with multiple instance types and purchase options", "Capacity Rebalancing".
 *
 * <p>Deviations: the strategy is AWS's secret; here it takes the zone with the most room, which AWS alone can see, so that it
 * is refused only where no zone has any. Recommendations to rebalance are in no recorded trace; it replaces at the notice
 * instead.
 */
final class AutoscalingMixed implements Policy {
    private final double onDemandShare;

    AutoscalingMixed(double onDemandShare) {
        this.onDemandShare = onDemandShare;
    }

    @Override
    public void decide(Turn turn) {
        int base = turn.frame().base();
        int above = (int) Math.ceil((turn.frame().desired() - base) * onDemandShare);
        Fleet.onDemand(turn, base + above);
        List<Machine> staying = Fleet.spot(turn).stream()
                .filter(node -> !node.noticed(turn.tick()))
                .toList();
        for (int missing = turn.frame().desired() - base - above - staying.size(); missing > 0; missing--) {
            if (turn.launchSpot(roomiest(turn)).isEmpty()) {
                return;
            }
        }
    }

    private static int roomiest(Turn turn) {
        return IntStream.range(0, turn.market().zoneCount())
                .boxed()
                .max(Comparator.comparingInt(zone -> turn.market().room(zone, turn.tick()) - Fleet.in(turn, zone)))
                .orElseThrow();
    }
}
