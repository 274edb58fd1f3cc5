package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Labelled;
import java.time.Duration;

/** What may be done only so often. Durable: a restart does not refill it. */
public enum Budget implements Labelled {
    /** Terminations of sick or exhausted nodes. */
    HEAL(Duration.ofHours(1)),
    /** Voluntary returns from on-demand to spot. */
    RETURN(Duration.ofHours(24)),
    /** Launches that AWS endows with launch credits. */
    LAUNCH_CREDIT(Duration.ofHours(24));

    private final Duration window;

    Budget(Duration window) {
        this.window = window;
    }

    /** The rolling window in which uses are counted. */
    public Duration window() {
        return window;
    }

    public int limit(ClusterSpec spec) {
        return switch (this) {
            case HEAL -> spec.guards().healsPerHour();
            case RETURN -> spec.guards().returnsPerDay();
            case LAUNCH_CREDIT -> spec.credits().launchesPerDay();
        };
    }
}
