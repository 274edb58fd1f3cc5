package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one spot pool.
 *
 * @param refusedUntil no launch there before, after a refusal
 * @param backOff how long the last refusal closed it; null after a success
 * @param lostUntil no launch there before, after a loss or a notice
 * @param lastTrouble when something was last refused, lost or announced lost there
 */
public record PoolMemory(
        @Nullable Instant refusedUntil,
        @Nullable Duration backOff,
        @Nullable Instant lostUntil,
        @Nullable Instant lastTrouble) {
    public static final PoolMemory NONE = new PoolMemory(null, null, null, null);
}
