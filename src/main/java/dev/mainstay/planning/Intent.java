package dev.mainstay.planning;

import dev.mainstay.cluster.IntentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write-ahead record of an AWS write, durable before the call. A launch's intent stays open until its nodes are seen or
 * it is definitely refused; every other write is idempotent, and its intent ends with its answer or the next observation.
 *
 * @param abandonedAt when we gave up on a launch without an answer; null while open
 */
public record Intent(
        IntentId id,
        Action action,
        Instant madeAt,
        @Nullable Instant abandonedAt) {

    public boolean open() {
        return abandonedAt == null;
    }
}
