package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Labelled;
import java.time.Duration;
import java.util.List;

/** What may be done only so often. Durable: a restart does not refill it. */
public enum Budget implements Labelled {
    /** Terminations of sick or exhausted nodes. */
    HEAL,
    /** Voluntary returns from on-demand to spot. */
    RETURN,
    /** Other voluntary replacements. */
    DISRUPTION,
    /** Launches that AWS endows with launch credits. Counted only: a launch that fills a gap never waits. */
    LAUNCH_CREDIT;

    /** No more than {@code count} uses in a rolling window. */
    public record Limit(int count, Duration window) {}

    /** What holds at once. */
    public List<Limit> limits(ClusterSpec spec) {
        Duration hour = Duration.ofHours(1);
        Duration day = Duration.ofHours(24);
        return switch (this) {
            case HEAL -> List.of(new Limit(spec.guards().healsPerHour(), hour));
            case RETURN -> List.of(new Limit(spec.guards().returnsPerDay(), day));
            case DISRUPTION ->
                List.of(
                        new Limit(spec.guards().disruptionsPerHour(), hour),
                        new Limit(spec.guards().disruptionsPerDay(), day));
            case LAUNCH_CREDIT -> List.of(new Limit(spec.credits().launchesPerDay(), day));
        };
    }

    /** The longest rolling window in which uses are counted. */
    public Duration window() {
        return this == HEAL ? Duration.ofHours(1) : Duration.ofHours(24);
    }

    /** How many uses its longest window allows. */
    public int limit(ClusterSpec spec) {
        return limits(spec).getLast().count();
    }

    /** Whether an action waits where it would go over the limit. */
    public boolean binding() {
        return this != LAUNCH_CREDIT;
    }
}
