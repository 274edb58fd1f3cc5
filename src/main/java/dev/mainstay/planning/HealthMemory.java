package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a node fared at the load balancer and at EC2's status checks.
 *
 * @param firstHealthy when it was first healthy everywhere; null: never yet
 * @param healthySince since when it has been healthy without a break
 * @param sickSince since when it has been sick; an illness ends only after the node was well for a while
 * @param timesSick in how many observations in a row it was seen sick
 * @param cause what the last observation that found it sick said
 */
public record HealthMemory(
        @Nullable Instant firstHealthy,
        @Nullable Instant healthySince,
        @Nullable Instant sickSince,
        int timesSick,
        @Nullable Reason cause) {

    public static final HealthMemory NONE = new HealthMemory(null, null, null, 0, null);

    public boolean sick() {
        return sickSince != null;
    }

    /** Seen sick: the illness begins or goes on. */
    HealthMemory seenSick(Instant now, Reason why) {
        return new HealthMemory(firstHealthy, null, sickSince == null ? now : sickSince, timesSick + 1, why);
    }

    /** Seen healthy everywhere: an illness is forgotten once that has held for {@code healthyFor}. */
    HealthMemory seenHealthy(Instant now, Duration healthyFor) {
        Instant first = firstHealthy == null ? now : firstHealthy;
        Instant since = healthySince == null ? now : healthySince;
        // What a node showed before it was ever healthy was its start, and no illness.
        boolean recovered = firstHealthy == null || !since.plus(healthyFor).isAfter(now);
        return recovered
                ? new HealthMemory(first, since, null, 0, null)
                : new HealthMemory(first, since, sickSince, timesSick, cause);
    }

    /** Neither: what is not the node's fault starts an illness anew, so that only unbroken ones are counted. */
    HealthMemory seenNeither() {
        return new HealthMemory(firstHealthy, null, null, 0, null);
    }

    /** The time that nobody watched does not count against the node. */
    HealthMemory restarted(Instant now) {
        return sickSince == null ? this : new HealthMemory(firstHealthy, healthySince, now, 0, cause);
    }
}
