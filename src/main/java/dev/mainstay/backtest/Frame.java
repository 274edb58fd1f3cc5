package dev.mainstay.backtest;

import dev.mainstay.cluster.Labelled;
import java.time.Duration;

/**
 * What is the same for all policies of a backtest, beside the market.
 *
 * @param tick from one decision to the next; also how finely the market is read
 * @param coldStart from a launch to the node's first traffic, which it gets at the first tick after that
 * @param desired wanted in service
 * @param base of these, how many must be on-demand
 * @param noticeProbability the share of losses of which AWS tells two minutes ahead
 */
public record Frame(
        Duration tick, Duration coldStart, int desired, int base, double noticeProbability, NoticeModel noticeModel) {
    /** Source: EC2 User Guide, "Spot Instance interruption notices". */
    private static final Duration NOTICE = Duration.ofMinutes(2);

    public Frame {
        if (!tick.isPositive() || coldStart.isNegative() || desired < 1 || base < 0 || base > desired) {
            throw new IllegalArgumentException(
                    "no such frame: " + tick + ", " + coldStart + ", " + desired + ", " + base);
        }
        if (!(noticeProbability >= 0 && noticeProbability <= 1)) {
            throw new IllegalArgumentException("a probability of %s".formatted(noticeProbability));
        }
    }

    /** What fails together where notices fail. */
    public enum NoticeModel implements Labelled {
        /** Each node's notice for itself. */
        NODE,
        /** All notices of a zone at a time, as when a queue is out of order. */
        ZONE
    }

    /** Ticks that a cold start takes. */
    public int bootTicks() {
        return ticks(coldStart);
    }

    /** Ticks from a notice to the loss. */
    public int noticeTicks() {
        return ticks(NOTICE);
    }

    /** How many ticks a time takes, rounded up. */
    public int ticks(Duration time) {
        return Math.toIntExact(Math.ceilDiv(time.toMillis(), tick.toMillis()));
    }
}
