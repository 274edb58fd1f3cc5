package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;

/** A write that AWS refused for a reason that asking again at once does not mend. */
public record Refusal(Reason.Refused reason, Instant at) {
    /** After so long it is worth another try, and no longer news. */
    private static final Duration HOLDS = Duration.ofHours(1);

    public boolean holds(Instant now) {
        return over().isAfter(now);
    }

    /** Until when it holds. */
    public Instant over() {
        return at.plus(HOLDS);
    }
}
