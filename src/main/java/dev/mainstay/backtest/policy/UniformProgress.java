package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.SpotMarket;
import dev.mainstay.backtest.Turn;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The hysteresis of Uniform Progress ("Can't Be Late", Wu et al., NSDI 2024), as translated to a service: nodes that were lost
 * come back on-demand, and leave it for spot only when the gain has paid two changeovers, that is, after spot has been to be had
 * for as long as it takes to earn back two cold starts on both markets.
 *
 * <p>Deviations: the paper is about one job with a deadline, which can wait; a service cannot, so there is no time without a
 * node. As in the paper it sees whether spot is to be had without asking, which nobody can; it is refused where another of its
 * own nodes takes the room.
 */
final class UniformProgress implements Policy {
    private int[] openSince = new int[0];

    @Override
    public void decide(Turn turn) {
        SpotMarket market = turn.market();
        if (openSince.length == 0) {
            openSince = new int[market.zoneCount()];
        }
        for (int zone = 0; zone < openSince.length; zone++) {
            if (market.room(zone, turn.tick()) <= Fleet.in(turn, zone)) {
                openSince[zone] = turn.tick() + 1;
            }
        }
        int desired = turn.frame().desired();
        int spot = Fleet.spot(turn).size();
        if (turn.tick() == 0) {
            IntStream.range(0, desired - turn.frame().base()).forEach(_ -> toSpot(turn, false));
            spot = Fleet.spot(turn).size();
        }
        int booting = spot - Fleet.serving(turn, Machine::spot);
        if (booting == 0 && spot < desired - turn.frame().base()) {
            toSpot(turn, true);
        }
        Fleet.onDemand(turn, Math.max(turn.frame().base(), desired - Fleet.serving(turn, Machine::spot)));
    }

    /** The cheapest zone that has been open for long enough. */
    private void toSpot(Turn turn, boolean returning) {
        SpotMarket market = turn.market();
        IntStream.range(0, openSince.length)
                .boxed()
                .filter(zone -> openSince[zone] <= turn.tick())
                .filter(zone -> !returning || turn.tick() - openSince[zone] >= changeovers(turn, zone))
                .min(Comparator.comparingDouble(zone -> market.price(zone, turn.tick())))
                .flatMap(turn::launchSpot)
                .ifPresent(node -> {
                    if (returning) {
                        turn.switched();
                    }
                });
    }

    /** In how many ticks on spot it saves what two changeovers cost. */
    private static double changeovers(Turn turn, int zone) {
        double spot = turn.market().price(zone, turn.tick());
        double onDemand = turn.market().onDemandPrice();
        double both = 2 * turn.frame().bootTicks() * (spot + onDemand);
        return spot < onDemand ? both / (onDemand - spot) : Double.POSITIVE_INFINITY;
    }
}
