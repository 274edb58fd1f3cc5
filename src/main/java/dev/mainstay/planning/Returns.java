package dev.mainstay.planning;

import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the cluster's voluntary switches to spot went. They wait for nothing until one of them is lost again soon; then so long
 * must pass after a loss before the next switch, and twice as long after another. One that AWS told of is no misfortune: it was
 * replaced in time.
 *
 * @param dwell that time; zero until a switch was lost again soon, and after a day without another
 * @param lostAgainAt when a switch was last lost again soon
 * @param watchedFrom when we began to watch again after a break: what happened in it nobody knows
 * @param fresh the switches of the last half hour, which may still prove misfortunes
 */
public record Returns(
        Duration dwell,
        @Nullable Instant lostAgainAt,
        @Nullable Instant watchedFrom,
        List<Fresh> fresh) {
    public static final Returns NONE = new Returns(Duration.ZERO, null, null, List.of());

    /** A switch whose node is lost sooner than this was a mistake. */
    static final Duration SOON = Duration.ofMinutes(30);

    /** A usual boot, and half as long again on a market at a third of the on-demand price (docs/decisions/0007). */
    private static final Duration PAID_AFTER = Duration.ofMinutes(6);

    private static final Duration FIRST_DWELL = Duration.ofMinutes(5);
    /** Longer ones keep stand-ins that cost more than the losses that they spare (docs/decisions/0007). */
    private static final Duration LONGEST_DWELL = Duration.ofMinutes(10);
    /** Where what was lost had not even paid for its changeover: such a market costs more than it ever saves. */
    private static final Duration LONGEST_AFTER_NOTHING = Duration.ofHours(8);

    /** After so long without another misfortune they are forgotten. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    public Returns {
        fresh = List.copyOf(fresh);
    }

    /** A node to which the cluster has just switched, by our own clock. */
    public record Fresh(NodeId node, Instant launchedAt) {}

    Returns launched(NodeId node, Instant at) {
        if (fresh.stream().anyMatch(one -> one.node().equals(node))) {
            return this;
        }
        return new Returns(
                dwell,
                lostAgainAt,
                watchedFrom,
                Stream.concat(fresh.stream(), Stream.of(new Fresh(node, at))).toList());
    }

    /**
     * AWS has taken this spot node without a word, or takes it before it has paid for the changeover. Several that go in one dwell are one misfortune. Once a switch was lost again,
     * a young node that only filled a gap on spot counts like one: the market takes what it gives.
     */
    Returns lost(NodeId node, Instant launchedAt, Instant now) {
        boolean again = fresh.stream().anyMatch(one -> one.node().equals(node) && soon(one, now));
        boolean young = !dwell.isZero() && soon(new Fresh(node, launchedAt), now);
        if (!again && !young) {
            return this;
        }
        Returns before = after(now);
        boolean sameMisfortune = before.lostAgainAt != null
                && before.lostAgainAt.plus(before.dwell).isAfter(now);
        Duration next =
                before.dwell.isZero() ? FIRST_DWELL : sameMisfortune ? before.dwell : before.dwell.multipliedBy(2);
        Duration longest = tooShort(launchedAt, now) ? LONGEST_AFTER_NOTHING : LONGEST_DWELL;
        Duration most = before.dwell.compareTo(longest) > 0 ? before.dwell : longest;
        return new Returns(
                next.compareTo(most) > 0 ? most : next,
                now,
                before.watchedFrom,
                before.fresh.stream().filter(one -> !one.node().equals(node)).toList());
    }

    /** Whether a node that AWS takes now, and says so, has not even paid for the changeover. */
    static boolean tooShort(Instant launchedAt, Instant now) {
        return launchedAt.plus(PAID_AFTER).isAfter(now);
    }

    /** What time alone changes. */
    Returns after(Instant now) {
        // A clock that jumps ahead makes nothing forgotten: what counts is time that was watched.
        boolean forgotten = Stream.of(lostAgainAt, watchedFrom)
                .flatMap(Stream::ofNullable)
                .max(Instant::compareTo)
                .filter(since -> !since.plus(FORGOTTEN_AFTER).isAfter(now))
                .isPresent();
        List<Fresh> still = fresh.stream().filter(one -> soon(one, now)).toList();
        if (!forgotten && still.size() == fresh.size()) {
            return this;
        }
        return forgotten
                ? new Returns(Duration.ZERO, null, null, still)
                : new Returns(dwell, lostAgainAt, watchedFrom, still);
    }

    /** Nobody watched for a while: a dwell begins anew. */
    Returns restarted(Instant now) {
        List<Fresh> again =
                fresh.stream().map(one -> new Fresh(one.node(), now)).toList();
        return new Returns(dwell, lostAgainAt, dwell.isZero() ? watchedFrom : now, again);
    }

    /** The clock was set back to this. What is lost from now on is another misfortune. */
    Returns notAfter(Instant now) {
        boolean ahead = lostAgainAt != null && lostAgainAt.isAfter(now);
        return new Returns(dwell, ahead ? now.minus(dwell) : lostAgainAt, earlier(watchedFrom, now), fresh);
    }

    private static @Nullable Instant earlier(@Nullable Instant then, Instant now) {
        return then != null && then.isAfter(now) ? now : then;
    }

    /**
     * Before when there is no voluntary switch; empty: there may be one at once.
     *
     * @param lastLoss when spot was last lost or announced lost, in any pool
     */
    public Optional<Instant> heldUntil(@Nullable Instant lastLoss) {
        return dwell.isZero()
                ? Optional.empty()
                : Stream.of(lostAgainAt, watchedFrom, lastLoss)
                        .flatMap(Stream::ofNullable)
                        .max(Instant::compareTo)
                        .map(since -> since.plus(dwell));
    }

    /** Until when a misfortune that is just over forbids spot to fill gaps, too; empty: it does not. */
    public Optional<Instant> disappointedUntil(Instant now) {
        return Optional.ofNullable(lostAgainAt).map(at -> at.plus(dwell)).filter(until -> until.isAfter(now));
    }

    private static boolean soon(Fresh one, Instant now) {
        return one.launchedAt().plus(SOON).isAfter(now);
    }
}
