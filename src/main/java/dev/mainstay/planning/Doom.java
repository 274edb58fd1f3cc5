package dev.mainstay.planning;

import dev.mainstay.cluster.Notice;
import java.time.Duration;
import java.time.Instant;

/** A node that AWS is about to take: until when it may serve. */
public final class Doom {
    /** What its open connections are left to end in, unless they need less. */
    private static final Duration LEFT_TO_DRAIN = Duration.ofSeconds(30);

    /** So long after its deadline a node that AWS takes has ended. */
    private static final Duration SURELY_GONE = Duration.ofMinutes(1);

    private Doom() {}

    /** From when on it is out of rotation, even if too few serve then: it is about to go either way. */
    public static Instant lastMoment(Notice notice, Situation situation) {
        Duration drain = Removal.drainTime(situation);
        return notice.deadline().minus(drain.compareTo(LEFT_TO_DRAIN) < 0 ? drain : LEFT_TO_DRAIN);
    }

    /**
     * Whether the node has come to that. Where it runs long after its deadline AWS has not meant it, or the clock has moved:
     * then nobody knows when it goes.
     */
    public static boolean atLastMoment(Standing node, Situation situation) {
        Notice notice = node.memory().notice();
        return node.phase() == Phase.DOOMED
                && notice != null
                && !situation.now().isBefore(lastMoment(notice, situation))
                && situation.now().isBefore(notice.deadline().plus(SURELY_GONE));
    }
}
