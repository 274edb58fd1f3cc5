package dev.mainstay.backtest;

import java.util.Optional;

/**
 * Who takes part in a backtest.
 *
 * @param ofDaemon whether it is the daemon's own planner, of which limits are asked
 * @param maker empty: the market's bound, which nobody decides
 */
public record Contender(String name, boolean ofDaemon, Optional<Maker> maker) {

    /** Makes the policy of one run. Thread-safe, unlike what it makes. */
    @FunctionalInterface
    public interface Maker {
        Policy make(SpotMarket market, Frame frame);
    }

    public static Contender of(String name, Maker maker) {
        return new Contender(name, false, Optional.of(maker));
    }

    public static Contender daemon(String name, Maker maker) {
        return new Contender(name, true, Optional.of(maker));
    }

    public static Contender bound(String name) {
        return new Contender(name, false, Optional.empty());
    }
}
