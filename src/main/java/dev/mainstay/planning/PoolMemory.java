package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one instance type in one zone.
 *
 * @param refusedUntil no spot launch there before, after a refusal
 * @param backOff how long the last refusal closed it; null after a success
 * @param lostUntil no spot launch there before, after a loss or a notice
 * @param onDemandRefusedUntil no on-demand launch there before, after a refusal
 * @param lastTrouble when spot was last refused, lost or announced lost there
 * @param lastLoss when spot was last lost or announced lost there
 * @param troubles losses, and episodes of refusals, faded with age
 * @param exposure days that our former spot nodes spent there, faded with age; those that still run are reckoned from
 *     their launch when it is read
 */
public record PoolMemory(
        @Nullable Instant refusedUntil,
        @Nullable Duration backOff,
        @Nullable Instant lostUntil,
        @Nullable Instant onDemandRefusedUntil,
        @Nullable Instant lastTrouble,
        @Nullable Instant lastLoss,
        Decayed troubles,
        Decayed exposure) {

    public static final PoolMemory NONE =
            new PoolMemory(null, null, null, null, null, null, Decayed.NONE, Decayed.NONE);

    /**
     * A refused pool rests four minutes, half as long again each time up to six. Longer rests cost about a point of the
     * bill per doubling, and shorter ones only repeat the refusal (docs/decisions).
     */
    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(4);

    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(6);
    private static final Duration AFTER_LOSS = Duration.ofMinutes(5);

    /** Refused again within an hour it is still the same want of capacity, and no second one. */
    private static final Duration EPISODE = Duration.ofHours(1);

    PoolMemory refused(Instant now) {
        Duration next =
                backOff == null ? FIRST_BACK_OFF : backOff.multipliedBy(3).dividedBy(2);
        Duration bounded = next.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : next;
        boolean sameEpisode = refusing(now);
        return copy(copy -> {
            copy.refusedUntil = now.plus(bounded);
            copy.backOff = bounded;
            copy.lastTrouble = now;
            copy.troubles = sameEpisode ? troubles : troubles.plus(1, now);
        });
    }

    PoolMemory launched() {
        return copy(copy -> {
            copy.refusedUntil = null;
            copy.backOff = null;
        });
    }

    PoolMemory lost(Instant now) {
        return copy(copy -> {
            copy.lostUntil = now.plus(AFTER_LOSS);
            copy.lastTrouble = now;
            copy.lastLoss = now;
            copy.troubles = troubles.plus(1, now);
        });
    }

    /** A spot node of ours that was launched there then is no more. */
    PoolMemory left(Instant launchedAt, Instant now) {
        return copy(copy -> copy.exposure = exposure.plus(Decayed.days(launchedAt, now), now));
    }

    PoolMemory onDemandRefused(Instant now) {
        return copy(copy -> copy.onDemandRefusedUntil = now.plus(FIRST_BACK_OFF));
    }

    /** Whether on-demand may be asked for there. */
    public boolean onDemandOpen(Instant now) {
        return onDemandRefusedUntil == null || !onDemandRefusedUntil.isAfter(now);
    }

    /** Whether the last spot launch there was refused, and not long ago. */
    boolean refusing(Instant now) {
        return backOff != null
                && refusedUntil != null
                && refusedUntil.plus(EPISODE).isAfter(now);
    }

    /** The same as if nothing of it had happened later than now. */
    PoolMemory notAfter(Instant now) {
        return copy(copy -> {
            copy.refusedUntil = earlier(refusedUntil, now.plus(LONGEST_BACK_OFF));
            copy.lostUntil = earlier(lostUntil, now.plus(AFTER_LOSS));
            copy.onDemandRefusedUntil = earlier(onDemandRefusedUntil, now.plus(LONGEST_BACK_OFF));
            copy.lastTrouble = earlier(lastTrouble, now);
            copy.lastLoss = earlier(lastLoss, now);
        });
    }

    private static @Nullable Instant earlier(@Nullable Instant then, Instant latest) {
        return then != null && then.isAfter(latest) ? latest : then;
    }

    private PoolMemory copy(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return new PoolMemory(
                copy.refusedUntil,
                copy.backOff,
                copy.lostUntil,
                copy.onDemandRefusedUntil,
                copy.lastTrouble,
                copy.lastLoss,
                copy.troubles,
                copy.exposure);
    }

    /** What may change, while it is being changed. */
    private static final class Copy {
        private @Nullable Instant refusedUntil;
        private @Nullable Duration backOff;
        private @Nullable Instant lostUntil;
        private @Nullable Instant onDemandRefusedUntil;
        private @Nullable Instant lastTrouble;
        private @Nullable Instant lastLoss;
        private Decayed troubles;
        private Decayed exposure;

        private Copy(PoolMemory of) {
            refusedUntil = of.refusedUntil;
            backOff = of.backOff;
            lostUntil = of.lostUntil;
            onDemandRefusedUntil = of.onDemandRefusedUntil;
            lastTrouble = of.lastTrouble;
            lastLoss = of.lastLoss;
            troubles = of.troubles;
            exposure = of.exposure;
        }
    }
}
