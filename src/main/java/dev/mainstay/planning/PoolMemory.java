package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one instance type in one zone.
 *
 * @param refusedUntil no spot launch there before, after a refusal
 * @param backOff how long the last refusal closed it; null after a success
 * @param lostUntil no spot launch there before, after a loss or a notice
 * @param onDemandRefusedUntil no on-demand launch there before, after a refusal
 * @param lastTrouble when spot was last refused, lost or announced lost there
 */
public record PoolMemory(
        @Nullable Instant refusedUntil,
        @Nullable Duration backOff,
        @Nullable Instant lostUntil,
        @Nullable Instant onDemandRefusedUntil,
        @Nullable Instant lastTrouble) {

    public static final PoolMemory NONE = new PoolMemory(null, null, null, null, null);

    /**
     * A refused pool rests four minutes, half as long again each time up to six. Longer rests cost about a point of the
     * bill per doubling, and shorter ones only repeat the refusal (docs/decisions).
     */
    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(4);

    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(6);
    private static final Duration AFTER_LOSS = Duration.ofMinutes(5);

    PoolMemory refused(Instant now) {
        Duration next =
                backOff == null ? FIRST_BACK_OFF : backOff.multipliedBy(3).dividedBy(2);
        Duration bounded = next.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : next;
        return new PoolMemory(now.plus(bounded), bounded, lostUntil, onDemandRefusedUntil, now);
    }

    PoolMemory launched() {
        return new PoolMemory(null, null, lostUntil, onDemandRefusedUntil, lastTrouble);
    }

    PoolMemory lost(Instant now) {
        return new PoolMemory(refusedUntil, backOff, now.plus(AFTER_LOSS), onDemandRefusedUntil, now);
    }

    PoolMemory onDemandRefused(Instant now) {
        return new PoolMemory(refusedUntil, backOff, lostUntil, now.plus(FIRST_BACK_OFF), lastTrouble);
    }

    /** Whether on-demand may be asked for there. */
    public boolean onDemandOpen(Instant now) {
        return onDemandRefusedUntil == null || !onDemandRefusedUntil.isAfter(now);
    }
}
