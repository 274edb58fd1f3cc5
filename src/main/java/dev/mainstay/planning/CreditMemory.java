package dev.mainstay.planning;

import dev.mainstay.cluster.CreditMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one node's CPU credits. Never a balance or a series: those are read again.
 *
 * @param exhaustedSince since when it has been out of CPU credits
 * @param restingSince since when we have kept it out of rotation, so that it earns credits
 * @param backSince since when the load balancer shows a resting node in rotation again, as if someone had put it back
 * @param flips our last changes of its credit mode, in order of time
 * @param dearSince since when it has carried more than at which another type would be cheaper
 * @param lineage the lineage that it continues, where we saw whom it replaced; null: its own
 */
public record CreditMemory(
        @Nullable Instant exhaustedSince,
        @Nullable Instant restingSince,
        @Nullable Instant backSince,
        List<Flip> flips,
        @Nullable Instant dearSince,
        @Nullable String lineage) {
    public static final CreditMemory NONE = new CreditMemory(null, null, null, List.of(), null, null);

    /** Flips are limited by the day. */
    private static final Duration DAY = Duration.ofHours(24);

    private static final int FLIPS_KEPT = 4;

    /** We changed its credit mode. */
    public record Flip(Instant at, CreditMode to) {}

    public CreditMemory {
        flips = List.copyOf(flips);
    }

    public boolean resting() {
        return restingSince != null;
    }

    /** How often we changed its mode in the last 24 hours. */
    public int flipsADay(Instant now) {
        return (int)
                flips.stream().filter(flip -> flip.at().plus(DAY).isAfter(now)).count();
    }

    /** Whether we switched it back to standard mode in the last 24 hours. */
    public boolean returnedADay(Instant now) {
        return flips.stream()
                .anyMatch(flip ->
                        flip.to() == CreditMode.STANDARD && flip.at().plus(DAY).isAfter(now));
    }

    public Optional<Flip> lastFlip() {
        return flips.isEmpty() ? Optional.empty() : Optional.of(flips.getLast());
    }

    /** Since when it has been in unlimited mode by our doing; empty where it is not, or was launched so. */
    public Optional<Instant> unlimitedSince() {
        return lastFlip().filter(flip -> flip.to() == CreditMode.UNLIMITED).map(Flip::at);
    }

    CreditMemory withExhausted(@Nullable Instant since) {
        return new CreditMemory(since, restingSince, backSince, flips, dearSince, lineage);
    }

    CreditMemory withResting(@Nullable Instant since) {
        return new CreditMemory(exhaustedSince, since, null, flips, dearSince, lineage);
    }

    CreditMemory withBack(@Nullable Instant since) {
        return new CreditMemory(exhaustedSince, restingSince, since, flips, dearSince, lineage);
    }

    /** In another mode the shortage is another matter, and judged anew. */
    CreditMemory flipped(Instant at, CreditMode to) {
        List<Flip> all = new ArrayList<>(flips);
        all.add(new Flip(at, to));
        return new CreditMemory(
                null,
                restingSince,
                backSince,
                all.subList(Math.max(0, all.size() - FLIPS_KEPT), all.size()),
                dearSince,
                lineage);
    }

    CreditMemory withDear(@Nullable Instant since) {
        return new CreditMemory(exhaustedSince, restingSince, backSince, flips, since, lineage);
    }

    CreditMemory withLineage(String continued) {
        return new CreditMemory(exhaustedSince, restingSince, backSince, flips, dearSince, continued);
    }

    /** The same as if nothing of it had happened later than now. */
    CreditMemory notAfter(Instant now) {
        return new CreditMemory(
                earlier(exhaustedSince, now),
                earlier(restingSince, now),
                earlier(backSince, now),
                flips.stream()
                        .map(flip -> flip.at().isAfter(now) ? new Flip(now, flip.to()) : flip)
                        .toList(),
                earlier(dearSince, now),
                lineage);
    }

    private static @Nullable Instant earlier(@Nullable Instant then, Instant now) {
        return then != null && then.isAfter(now) ? now : then;
    }
}
