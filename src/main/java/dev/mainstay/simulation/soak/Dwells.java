package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** After a voluntary switch to spot that was soon lost again without notice there is none for a time, which doubles once. */
final class Dwells implements Invariant {
    private static final Duration SOON = Duration.ofMinutes(30);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Nodes to which the cluster has switched, and when, until they are lost or have proved lasting. */
    private final Map<NodeId, Instant> fresh = new HashMap<>();

    private Duration dwell = Duration.ZERO;
    private Instant lostAgainAt = Instant.MIN;

    @Override
    public String name() {
        return "switches dwell";
    }

    @Override
    public @Nullable String pass(Pass pass) {
        Instant now = pass.plan().at();
        if (!fresh.isEmpty()) {
            fresh.values().removeIf(at -> !at.plus(SOON).isAfter(now));
            fresh.keySet().removeIf(id -> told(pass.memory().nodes().get(id)));
            if (fresh.keySet().removeIf(id -> taken(pass.memory().nodes().get(id)))) {
                lostAgain(now);
            }
        }
        for (Outcome outcome : pass.outcomes()) {
            boolean made =
                    outcome.action() instanceof Action.Launch launch && launch.returning() && launch.resend() == null;
            if (!made || !(outcome.result() instanceof Outcome.Result.Done done)) {
                continue;
            }
            if (lostAgainAt.isBefore(now) && lostAgainAt.plus(dwell).isAfter(now)) {
                return "switched to spot %s after a switch was lost, with a dwell of %s"
                        .formatted(Duration.between(lostAgainAt, now), dwell);
            }
            done.launched().forEach(instance -> fresh.put(instance.id(), now));
        }
        return null;
    }

    private void lostAgain(Instant now) {
        boolean another =
                lostAgainAt.plus(dwell.compareTo(FIRST) < 0 ? FIRST : dwell).isBefore(now);
        boolean forgotten = lostAgainAt.isBefore(now.minus(Duration.ofDays(1)));
        dwell = forgotten ? FIRST : another ? dwell.multipliedBy(2) : dwell;
        dwell = dwell.compareTo(LONGEST) > 0 ? LONGEST : dwell;
        lostAgainAt = now;
    }

    /** AWS has said that it takes it, in time for another. */
    private static boolean told(@Nullable NodeMemory node) {
        return node != null && node.notice() != null;
    }

    /** AWS has taken it. */
    private static boolean taken(@Nullable NodeMemory node) {
        if (node == null) {
            return false;
        }
        String reason = node.instance().stateReason();
        return node.lost() && reason != null && reason.startsWith("Server.Spot");
    }
}
