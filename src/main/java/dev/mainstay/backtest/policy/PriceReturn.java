package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.SpotMarket;
import dev.mainstay.backtest.Turn;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The return rule of the bid era: on-demand goes back to spot where the price has been at most {@code share} of on-demand for
 * {@code calm} without a break, make before break. At a notice the node is replaced in another such zone, else on-demand. The
 * cheapest zone is taken where there are several. With a share of 1 and no calm it is the greedy return that home-made scripts
 * did.
 */
final class PriceReturn implements Policy {
    private final double share;
    private final Duration calm;
    private int[] lowSince = new int[0];

    PriceReturn(double share, Duration calm) {
        this.share = share;
        this.calm = calm;
    }

    @Override
    public void decide(Turn turn) {
        look(turn);
        List<Machine> staying =
                turn.nodes().stream().filter(node -> !node.noticed(turn.tick())).toList();
        int onDemand = (int) staying.stream().filter(node -> !node.spot()).count();
        int spot = staying.size() - onDemand;
        int base = turn.frame().base();
        for (; onDemand < base; onDemand++) {
            turn.launchOnDemand(0);
        }
        for (int missing = turn.frame().desired() - onDemand - spot; missing > 0; missing--) {
            boolean made = best(turn).flatMap(turn::launchSpot).isPresent();
            if (made) {
                spot++;
            } else {
                turn.launchOnDemand(0);
                onDemand++;
            }
        }
        int wanted = turn.frame().desired() - base;
        for (int more = wanted - spot; more > 0; more--) {
            best(turn).flatMap(turn::launchSpot).ifPresent(node -> turn.switched());
        }
        int serving = Fleet.serving(turn, node -> node.spot() && !node.noticed(turn.tick()));
        Fleet.onDemand(turn, Math.min(onDemand, base + Math.max(0, wanted - serving)));
    }

    private void look(Turn turn) {
        SpotMarket market = turn.market();
        if (lowSince.length == 0) {
            lowSince = new int[market.zoneCount()];
            Arrays.fill(lowSince, -turn.frame().ticks(calm));
        }
        for (int zone = 0; zone < lowSince.length; zone++) {
            if (market.price(zone, turn.tick()) > share * market.onDemandPrice() || noticed(zone, turn)) {
                lowSince[zone] = turn.tick() + 1;
            }
        }
    }

    private static boolean noticed(int zone, Turn turn) {
        return turn.nodes().stream().anyMatch(node -> node.zone() == zone && node.noticed(turn.tick()));
    }

    private Optional<Integer> best(Turn turn) {
        return IntStream.range(0, lowSince.length)
                .boxed()
                .filter(zone -> lowSince[zone] <= turn.tick()
                        && turn.tick() - lowSince[zone] >= turn.frame().ticks(calm))
                .min(Comparator.comparingDouble(zone -> turn.market().price(zone, turn.tick())));
    }
}
