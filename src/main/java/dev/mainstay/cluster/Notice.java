package dev.mainstay.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * AWS's word that a spot node is about to be taken away.
 *
 * @param status the status code of the spot request that said so, such as {@code instance-terminated-no-capacity}
 * @param seenAt when we first read it
 * @param deadline when AWS takes it
 */
public record Notice(String status, Instant seenAt, Instant deadline) {
    /** Source: EC2 User Guide, "Spot Instance interruption notices". */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    /** A notice that was read then, and given then. */
    public static Notice given(String status, Instant at, Instant seenAt) {
        return new Notice(status, seenAt, at.plus(AHEAD));
    }
}
