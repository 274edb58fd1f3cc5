package dev.mainstay.planning;

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
}
