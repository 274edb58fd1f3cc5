package dev.mainstay.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one node's CPU credits.
 *
 * @param exhaustedSince since when it has been out of CPU credits
 */
public record CreditMemory(@Nullable Instant exhaustedSince) {
    public static final CreditMemory NONE = new CreditMemory(null);

    CreditMemory withExhausted(@Nullable Instant since) {
        return new CreditMemory(since);
    }
}
