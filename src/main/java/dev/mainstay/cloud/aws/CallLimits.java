package dev.mainstay.cloud.aws;

import java.time.Duration;

/**
 * How long, and how often, one call is tried on the wire.
 *
 * @param connect until a connection stands
 * @param attempt for one attempt
 * @param call for all attempts and the pauses between them
 * @param readAttempts how often a read is sent at most; a write is sent once, and asked again by a later pass if at all
 */
public record CallLimits(Duration connect, Duration attempt, Duration call, int readAttempts) {
    /**
     * A pass makes about ten calls and is due every half minute; EC2 answers most of them within a second. The SDK's own
     * standard is three attempts.
     */
    public static final CallLimits STANDARD =
            new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 3);

    public CallLimits {
        if (readAttempts < 1) {
            throw new IllegalArgumentException("a read that is attempted %d times".formatted(readAttempts));
        }
    }
}
