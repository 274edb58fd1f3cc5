package dev.mainstay.planning;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Notice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one node from pass to pass.
 *
 * @param instance as EC2 last showed it
 * @param firstSeen when we first knew of it
 * @param health how it fared at the load balancer
 * @param registered whether it was ever seen registered at the load balancer
 * @param missing not null while EC2 does not list it
 * @param lostAt when we knew that it was gone or on its way there; null while it lives
 * @param notice AWS's word that it will be taken away
 * @param condemned our decision that it goes
 * @param drainingSince when we took it out of rotation
 * @param terminatedAt when EC2 accepted our termination
 * @param exhaustedSince since when it has been out of CPU credits
 * @param heldSince since when someone else has kept it out of rotation
 */
public record NodeMemory(
        Instance instance,
        Instant firstSeen,
        HealthMemory health,
        boolean registered,
        @Nullable Missing missing,
        @Nullable Instant lostAt,
        @Nullable Notice notice,
        @Nullable Condemnation condemned,
        @Nullable Instant drainingSince,
        @Nullable Instant terminatedAt,
        @Nullable Instant exhaustedSince,
        @Nullable Instant heldSince) {

    /** Not listed since then; shown gone, asked by id, in so many passes. */
    public record Missing(Instant since, int shownGone) {}

    /** Condemned since then, for this reason. */
    public record Condemnation(Reason reason, Instant since) {}

    public static NodeMemory of(Instance instance, Instant now) {
        return new NodeMemory(instance, now, HealthMemory.NONE, false, null, null, null, null, null, null, null, null);
    }

    public boolean lost() {
        return lostAt != null;
    }

    /** Whether a timer runs at whose end something is destroyed. */
    public boolean timed() {
        return !lost()
                && (health.sick()
                        || exhaustedSince != null
                        || condemned != null
                        || drainingSince != null
                        || missing != null);
    }

    NodeMemory with(Instance changed) {
        return new NodeMemory(
                changed,
                firstSeen,
                health,
                registered,
                missing,
                lostAt,
                notice,
                condemned,
                drainingSince,
                terminatedAt,
                exhaustedSince,
                heldSince);
    }

    NodeMemory with(HealthMemory changed) {
        return new NodeMemory(
                instance,
                firstSeen,
                changed,
                registered,
                missing,
                lostAt,
                notice,
                condemned,
                drainingSince,
                terminatedAt,
                exhaustedSince,
                heldSince);
    }

    NodeMemory withRegistered(boolean seenRegistered, @Nullable Instant held) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                seenRegistered,
                missing,
                lostAt,
                notice,
                condemned,
                drainingSince,
                terminatedAt,
                exhaustedSince,
                held);
    }

    NodeMemory withMissing(@Nullable Missing changed) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                registered,
                changed,
                lostAt,
                notice,
                condemned,
                drainingSince,
                terminatedAt,
                exhaustedSince,
                heldSince);
    }

    NodeMemory withLost(Instant at) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                registered,
                missing,
                at,
                notice,
                condemned,
                drainingSince,
                terminatedAt,
                exhaustedSince,
                heldSince);
    }

    NodeMemory with(Notice seen) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                registered,
                missing,
                lostAt,
                seen,
                condemned,
                drainingSince,
                terminatedAt,
                exhaustedSince,
                heldSince);
    }

    NodeMemory withCondemned(@Nullable Condemnation changed) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                registered,
                missing,
                lostAt,
                notice,
                changed,
                drainingSince,
                terminatedAt,
                exhaustedSince,
                heldSince);
    }

    /** Condemned now, unless it was before. */
    NodeMemory condemned(Reason reason, Instant now) {
        return condemned == null ? withCondemned(new Condemnation(reason, now)) : this;
    }

    NodeMemory withDraining(Instant since) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                registered,
                missing,
                lostAt,
                notice,
                condemned,
                since,
                terminatedAt,
                exhaustedSince,
                heldSince);
    }

    NodeMemory withTerminated(Instant at) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                registered,
                missing,
                lostAt,
                notice,
                condemned,
                drainingSince,
                at,
                exhaustedSince,
                heldSince);
    }

    NodeMemory withExhausted(@Nullable Instant since) {
        return new NodeMemory(
                instance,
                firstSeen,
                health,
                registered,
                missing,
                lostAt,
                notice,
                condemned,
                drainingSince,
                terminatedAt,
                since,
                heldSince);
    }
}
