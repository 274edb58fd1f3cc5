package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The spot price of one pool over time, in USD per hour, as a step function: a price holds until the next. It is
 * addressed by the time since the start of the replay and repeats itself after its end, and before its start, so that a
 * simulated EC2 can be asked for the price history of the thirty days before. Immutable.
 */
public final class PriceTrace {
    private final Pool pool;
    private final Optional<Instant> recordedFrom;
    private final Steps steps;

    /** A recorded trace, whose start was at this time. */
    PriceTrace(Pool pool, Instant recordedFrom, Steps steps) {
        this(pool, Optional.of(recordedFrom), steps);
    }

    private PriceTrace(Pool pool, Optional<Instant> recordedFrom, Steps steps) {
        this.pool = pool;
        this.recordedFrom = recordedFrom;
        this.steps = steps;
    }

    /**
     * The trace of these prices, each keyed by the time since the start at which it begins; the first begins at zero.
     *
     * @param length after which the first price begins again; longer than the last key
     */
    public static PriceTrace of(Pool pool, SortedMap<Duration, Double> usdPerHour, Duration length) {
        long[] starts = new long[usdPerHour.size()];
        double[] prices = new double[usdPerHour.size()];
        int i = 0;
        for (var price : usdPerHour.entrySet()) {
            if (!(price.getValue() > 0)) {
                throw new IllegalArgumentException("a price of %s USD is not allowed".formatted(price.getValue()));
            }
            starts[i] = price.getKey().toMillis();
            prices[i++] = price.getValue();
        }
        return new PriceTrace(pool, Optional.empty(), Steps.of(starts, prices, length.toMillis()));
    }

    public Pool pool() {
        return pool;
    }

    public InstanceType type() {
        return pool.type();
    }

    public Zone zone() {
        return pool.zone();
    }

    /** When the start of this trace was, where it was recorded; the series of one type share it. */
    public Optional<Instant> recordedFrom() {
        return recordedFrom;
    }

    /** The price at this time, in USD per hour. */
    public double at(Duration sinceStart) {
        return steps.at(sinceStart);
    }

    /** The first time after this one at which the price may differ: the next step, or the end of a turn. */
    public Duration nextChange(Duration sinceStart) {
        return steps.nextChange(sinceStart);
    }

    /** When the price that holds at this time began; the start of a turn counts as a change. */
    public Duration lastChange(Duration sinceStart) {
        return steps.lastChange(sinceStart);
    }

    /** How long one turn takes. */
    public Duration length() {
        return steps.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PriceTrace trace
                && pool.equals(trace.pool)
                && recordedFrom.equals(trace.recordedFrom)
                && steps.equals(trace.steps);
    }

    @Override
    public int hashCode() {
        return 31 * pool.hashCode() + steps.hashCode();
    }

    @Override
    public String toString() {
        return "PriceTrace[" + pool + ", " + steps + "]";
    }
}
