package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.Turn;

/**
 * A fixed number of spot nodes in each zone, as with one Auto Scaling group a zone: what one zone cannot give no other makes
 * up for. Where the zones do not divide the number evenly, the first ones have one more. The base is on-demand.
 */
final class EvenSpreadSpot implements Policy {
    @Override
    public void decide(Turn turn) {
        Fleet.onDemand(turn, turn.frame().base());
        int zones = turn.market().zoneCount();
        int wanted = turn.frame().desired() - turn.frame().base();
        for (int zone = 0; zone < zones; zone++) {
            int quota = wanted / zones + (zone < wanted % zones ? 1 : 0);
            for (int missing = quota - Fleet.in(turn, zone); missing > 0; missing--) {
                turn.launchSpot(zone);
            }
        }
    }
}
