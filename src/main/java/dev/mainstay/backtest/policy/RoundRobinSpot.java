package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.Turn;

/**
 * Each missing node is asked for in the next zone of the round, refused or not. No on-demand but the base. The dynamic spread
 * of SkyServe's evaluation (EuroSys 2025) and of most home-made scripts.
 */
final class RoundRobinSpot implements Policy {
    private int next;

    @Override
    public void decide(Turn turn) {
        Fleet.onDemand(turn, turn.frame().base());
        int wanted = turn.frame().desired() - turn.frame().base();
        for (int missing = wanted - Fleet.spot(turn).size(); missing > 0; missing--) {
            turn.launchSpot(next++ % turn.market().zoneCount());
        }
    }
}
