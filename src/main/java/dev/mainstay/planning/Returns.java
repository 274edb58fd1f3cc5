package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the cluster's returns to spot went.
 *
 * @param settle how long spot must have been to be had before the next return; zero until a return was lost again soon
 * @param returnedAt when the last return was launched
 * @param lostAgainAt when a return was last lost again soon
 */
public record Returns(
        Duration settle,
        @Nullable Instant returnedAt,
        @Nullable Instant lostAgainAt) {
    public static final Returns NONE = new Returns(Duration.ZERO, null, null);
}
