package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;

/**
 * An amount that fades: half of it is gone after every half-life. Stored as it was at the time of its last change, and
 * faded when read, so that nothing has to be stored while nothing changes.
 *
 * @param amount what it was
 * @param at when it was that
 */
public record Decayed(double amount, Instant at) {
    /** What happened in a pool three weeks ago says half as much as what happens now. Source: docs/decisions/0005. */
    private static final Duration HALF_LIFE = Duration.ofDays(20);

    private static final double DAY = Duration.ofDays(1).toSeconds();

    static final Decayed NONE = new Decayed(0, Instant.EPOCH);

    double at(Instant now) {
        return amount * left(at, now);
    }

    Decayed plus(double more, Instant now) {
        return new Decayed(at(now) + more, now);
    }

    /** The days between the two, each faded by its age at the later one. */
    static double days(Instant from, Instant until) {
        double halfLives = HALF_LIFE.toSeconds() / DAY;
        return until.isAfter(from) ? halfLives / Math.log(2) * (1 - left(from, until)) : 0;
    }

    /** The share that is left at {@code now} of what was there at {@code then}. */
    private static double left(Instant then, Instant now) {
        double age = Math.max(0, Duration.between(then, now).toSeconds());
        return Math.pow(0.5, age / HALF_LIFE.toSeconds());
    }
}
