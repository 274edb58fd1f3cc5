package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.Turn;

/** All wanted nodes on-demand: what everything is compared with. Costs 1 by definition. */
final class OnDemandOnly implements Policy {
    @Override
    public void decide(Turn turn) {
        Fleet.onDemand(turn, turn.frame().desired());
    }
}
