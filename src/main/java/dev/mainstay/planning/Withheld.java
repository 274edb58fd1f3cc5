package dev.mainstay.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action that was wanted, and the guard that withheld it.
 *
 * @param until when the guard may let it pass if nothing else changes; null where time alone changes nothing
 */
public record Withheld(
        Action action,
        GuardName guard,
        Reason reason,
        @Nullable Instant until) {}
