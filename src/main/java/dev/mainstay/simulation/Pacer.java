package dev.mainstay.simulation;

import java.util.function.LongSupplier;

/**
 * Ties virtual time to the machine's clock.
 *
 * <p>Waits are computed from an anchor, so that small delays do not add up. Where the simulation has fallen behind by
 * more than a second (the laptop slept, a pass took long) it does not hurry to make up for it: the anchor moves.
 *
 * <p>Not thread-safe: {@link VirtualTime} calls it under its lock.
 */
final class Pacer {
    private static final long MOST_BEHIND_NANOS = 1_000_000_000L;

    private final Pace pace;
    private final LongSupplier realNanos;
    private long anchorReal;
    private long anchorVirtual;

    /** @param realNanos the machine's monotonic clock */
    Pacer(Pace pace, LongSupplier realNanos) {
        this.pace = pace;
        this.realNanos = realNanos;
    }

    /** From now on, virtual time runs on from here. */
    void anchor(long virtualNanos) {
        if (!pace.unlimited()) {
            anchorReal = realNanos.getAsLong();
            anchorVirtual = virtualNanos;
        }
    }

    /** Real nanoseconds to wait before virtual time may be this; zero or less: none. */
    long realNanosUntil(long virtualNanos) {
        if (pace.unlimited()) {
            return 0;
        }
        long wait = (long) ((virtualNanos - anchorVirtual) / pace.factor()) - (realNanos.getAsLong() - anchorReal);
        if (wait < -MOST_BEHIND_NANOS) {
            anchor(virtualNanos);
        }
        return wait;
    }

    /** What virtual time would be at this real moment if nothing held it up; where nothing is paced, as given. */
    long virtualNanos(long unpaced) {
        if (pace.unlimited()) {
            return unpaced;
        }
        return anchorVirtual + (long) ((realNanos.getAsLong() - anchorReal) * pace.factor());
    }
}
