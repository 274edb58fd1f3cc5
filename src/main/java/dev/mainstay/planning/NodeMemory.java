package dev.mainstay.planning;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Notice;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.TargetGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one node from pass to pass.
 *
 * @param instance as EC2 last showed it
 * @param firstSeen when we first knew of it
 * @param health how it fared at the load balancer
 * @param registered the target groups in which it was last seen registered, unless we or someone took it out of them
 * @param missing not null while EC2 does not list it
 * @param lostAt when we knew that it was gone or on its way there; null while it lives
 * @param notice AWS's word that it will be taken away
 * @param condemned our decision that it goes
 * @param drainingSince when we took it out of rotation
 * @param terminatedAt when EC2 accepted our termination
 * @param terminationRefused EC2 refused our termination, as it does under termination protection
 * @param credits how its CPU credits fared
 * @param heldSince since when someone else has kept it out of rotation
 * @param keptSince since when it has been kept out of rotation, so that someone can see why it failed
 * @param unwatchedUntil when we looked again after a time in which nobody watched it start
 */
public record NodeMemory(
        Instance instance,
        Instant firstSeen,
        HealthMemory health,
        SortedSet<TargetGroup> registered,
        @Nullable Missing missing,
        @Nullable Instant lostAt,
        @Nullable Notice notice,
        @Nullable Condemnation condemned,
        @Nullable Instant drainingSince,
        @Nullable Instant terminatedAt,
        @Nullable Refusal terminationRefused,
        CreditMemory credits,
        @Nullable Instant heldSince,
        @Nullable Instant keptSince,
        @Nullable Instant unwatchedUntil) {

    /** A launch of ours is known at once, or, where its answer was lost, as soon as EC2 lists it. */
    private static final Duration MET_BY = Duration.ofMinutes(5);

    public NodeMemory {
        registered = Frozen.set(registered);
    }

    /** Not listed since then; shown gone, asked by id, in so many passes. */
    public record Missing(Instant since, int shownGone, boolean disowned) {}

    /** Condemned since then, for this reason. */
    public record Condemnation(Reason reason, Instant since) {}

    public static NodeMemory of(Instance instance, Instant now) {
        return new NodeMemory(
                instance,
                now,
                HealthMemory.NONE,
                new TreeSet<>(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                CreditMemory.NONE,
                null,
                null,
                null);
    }

    /**
     * Whether we have watched it from its launch on. One that was met later, after a lost journal or by its adoption, may
     * have served before we knew it.
     */
    public boolean seenSinceLaunch() {
        return !instance.launchedAt().plus(MET_BY).isBefore(firstSeen);
    }

    /**
     * When it began: AWS's time of its launch, or when we met it where our clock was set back and AWS's time is still to come,
     * or when we met it again while it was young.
     */
    public Instant startedAt() {
        Instant began = instance.launchedAt().isBefore(firstSeen) ? instance.launchedAt() : firstSeen;
        return unwatchedUntil == null || unwatchedUntil.isBefore(began) ? began : unwatchedUntil;
    }

    /** From when on it could have been seen to become healthy. */
    public Instant watchedFrom() {
        return unwatchedUntil == null || unwatchedUntil.isBefore(firstSeen) ? firstSeen : unwatchedUntil;
    }

    public boolean lost() {
        return lostAt != null;
    }

    /** Whether its launch had been given up when it was first seen. */
    public boolean orphaned() {
        return condemned != null && condemned.reason() instanceof Reason.Orphaned;
    }

    /** Whether a timer runs at whose end something is destroyed. */
    public boolean timed() {
        return !lost()
                && keptSince == null
                && (health.sick()
                        || credits.exhaustedSince() != null
                        || condemned != null
                        || drainingSince != null
                        || missing != null);
    }

    NodeMemory with(Instance changed) {
        return changed.equals(instance) ? this : copy(copy -> copy.instance = changed);
    }

    NodeMemory with(HealthMemory changed) {
        return changed.equals(health) ? this : copy(copy -> copy.health = changed);
    }

    NodeMemory with(Notice seen) {
        return copy(copy -> copy.notice = seen);
    }

    NodeMemory withRegistered(SortedSet<TargetGroup> seenRegistered, @Nullable Instant held) {
        if (seenRegistered.equals(registered) && Objects.equals(held, heldSince)) {
            return this;
        }
        return copy(copy -> {
            copy.registered = seenRegistered;
            copy.heldSince = held;
        });
    }

    /**
     * We put it into these. Until it has been seen there nobody can have taken it out again: the load balancer may show an
     * old state at first.
     */
    NodeMemory registering(Set<TargetGroup> groups) {
        SortedSet<TargetGroup> others = new TreeSet<>(registered);
        others.removeAll(groups);
        return withRegistered(others, heldSince);
    }

    NodeMemory withMissing(@Nullable Missing changed) {
        return Objects.equals(changed, missing) ? this : copy(copy -> copy.missing = changed);
    }

    NodeMemory withLost(Instant at) {
        return copy(copy -> copy.lostAt = at);
    }

    NodeMemory withCondemned(@Nullable Condemnation changed) {
        return copy(copy -> copy.condemned = changed);
    }

    /** Condemned now, unless it was before. */
    NodeMemory condemned(Reason reason, Instant now) {
        return condemned == null ? withCondemned(new Condemnation(reason, now)) : this;
    }

    /** As an orphan it is first seen now: nobody was there to miss it. */
    NodeMemory orphanedAnew(Instant now) {
        return orphaned() && drainingSince == null
                ? withCondemned(new Condemnation(new Reason.Orphaned(now, Newcomers.ORPHAN_GRACE), now))
                : this;
    }

    /** Taken out of rotation by us: to earn credits, or else for good. */
    NodeMemory takenOut(Reason reason, Instant now) {
        boolean rests = reason instanceof Reason.Remedied remedied && remedied.remedy() == Remedy.REST;
        return rests ? with(credits.withResting(now)) : condemned(reason, now);
    }

    /** Its credit mode was changed by us. Its checks fail for want of credits, and it is given the time to recover. */
    NodeMemory switched(CreditMode mode, Instant at) {
        return with(credits.flipped(at, mode)).with(health.restarted(at));
    }

    /** Carries more now than at which another type would be cheaper; or not, or no more. */
    NodeMemory dear(boolean dear, Instant now) {
        if (dear == (credits.dearSince() != null)) {
            return this;
        }
        return with(credits.withDear(dear ? now : null));
    }

    /** On its way out no more. What is seen of its registrations until now tells of us, and of nobody else. */
    NodeMemory putBack() {
        return copy(copy -> {
            copy.condemned = null;
            copy.drainingSince = null;
            copy.registered = new TreeSet<>();
            copy.heldSince = null;
        });
    }

    NodeMemory withDraining(Instant since) {
        return copy(copy -> copy.drainingSince = since);
    }

    /** The same as if nothing of it had happened later than now. */
    NodeMemory notAfter(Instant now) {
        return copy(copy -> {
            copy.firstSeen = firstSeen.isAfter(now) ? now : firstSeen;
            copy.unwatchedUntil = earlier(unwatchedUntil, now);
            copy.drainingSince = earlier(drainingSince, now);
            copy.condemned = condemned != null && condemned.since().isAfter(now)
                    ? orphanedAnew(now).condemned()
                    : condemned;
            copy.terminatedAt = earlier(terminatedAt, now);
            copy.credits = credits.notAfter(now);
            copy.heldSince = earlier(heldSince, now);
            copy.keptSince = earlier(keptSince, now);
        });
    }

    private static @Nullable Instant earlier(@Nullable Instant then, Instant now) {
        return then != null && then.isAfter(now) ? now : then;
    }

    /** Nobody watched it meanwhile: it is given the time of a node that was just met. */
    NodeMemory metAgain(Instant now) {
        return copy(copy -> copy.unwatchedUntil = now);
    }

    NodeMemory withTerminated(Instant at) {
        return copy(copy -> copy.terminatedAt = terminatedAt == null ? at : terminatedAt);
    }

    NodeMemory withTerminationRefused(Refusal refusal) {
        return copy(copy -> copy.terminationRefused = refusal);
    }

    NodeMemory with(CreditMemory changed) {
        return changed.equals(credits) ? this : copy(copy -> copy.credits = changed);
    }

    NodeMemory withKept(@Nullable Instant since) {
        return copy(copy -> copy.keptSince = since);
    }

    private NodeMemory copy(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return new NodeMemory(
                copy.instance,
                copy.firstSeen,
                copy.health,
                copy.registered,
                copy.missing,
                copy.lostAt,
                copy.notice,
                copy.condemned,
                copy.drainingSince,
                copy.terminatedAt,
                copy.terminationRefused,
                copy.credits,
                copy.heldSince,
                copy.keptSince,
                copy.unwatchedUntil);
    }

    /** What may change, while it is being changed. */
    private static final class Copy {
        private Instance instance;
        private Instant firstSeen;
        private HealthMemory health;
        private SortedSet<TargetGroup> registered;
        private @Nullable Missing missing;
        private @Nullable Instant lostAt;
        private @Nullable Notice notice;
        private @Nullable Condemnation condemned;
        private @Nullable Instant drainingSince;
        private @Nullable Instant terminatedAt;
        private @Nullable Refusal terminationRefused;
        private CreditMemory credits;
        private @Nullable Instant heldSince;
        private @Nullable Instant keptSince;
        private @Nullable Instant unwatchedUntil;

        private Copy(NodeMemory of) {
            instance = of.instance;
            firstSeen = of.firstSeen;
            health = of.health;
            registered = of.registered;
            missing = of.missing;
            lostAt = of.lostAt;
            notice = of.notice;
            condemned = of.condemned;
            drainingSince = of.drainingSince;
            terminatedAt = of.terminatedAt;
            terminationRefused = of.terminationRefused;
            credits = of.credits;
            heldSince = of.heldSince;
            keptSince = of.keptSince;
            unwatchedUntil = of.unwatchedUntil;
        }
    }
}
