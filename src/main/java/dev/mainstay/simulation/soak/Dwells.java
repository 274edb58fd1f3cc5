package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** After a voluntary switch to spot that was soon lost again there is none for a time, which doubles. */
final class Dwells implements Invariant {
    /** From its look to its end, when it is told of. */
    private static final Duration LONGEST_PASS = Duration.ofSeconds(30);

    private static final Duration SOON = Duration.ofMinutes(30);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(8);

    /** Nodes to which the cluster has switched, and when, until they are lost or have proved lasting. */
    private final Map<NodeId, Duration> fresh = new HashMap<>();

    private final Scene scene;
    private Duration dwell = Duration.ZERO;
    private @Nullable Duration lostAgainAt;

    Dwells(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "switches dwell";
    }

    @Override
    public @Nullable String pass(Pass pass) {
        Duration now = scene.elapsed();
        if (!fresh.isEmpty()) {
            fresh.values().removeIf(at -> at.plus(SOON).compareTo(now) <= 0);
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
            Duration since = lostAgainAt == null ? null : now.minus(lostAgainAt);
            if (since != null && since.isPositive() && since.plus(LONGEST_PASS).compareTo(dwell) < 0) {
                return "switched to spot %s after a switch was lost, with a dwell of %s".formatted(since, dwell);
            }
            done.launched().forEach(instance -> fresh.put(instance.id(), now));
        }
        return null;
    }

    private void lostAgain(Duration now) {
        Duration since = lostAgainAt == null ? null : now.minus(lostAgainAt);
        boolean forgotten = since == null || since.compareTo(Duration.ofDays(1)) > 0;
        boolean another = since != null && since.compareTo(dwell.compareTo(FIRST) < 0 ? FIRST : dwell) > 0;
        dwell = forgotten ? FIRST : another ? dwell.multipliedBy(2) : dwell;
        dwell = dwell.compareTo(LONGEST) > 0 ? LONGEST : dwell;
        lostAgainAt = now;
    }

    /** AWS takes it, or has taken it. */
    private static boolean taken(@Nullable NodeMemory node) {
        if (node == null) {
            return false;
        }
        String reason = node.instance().stateReason();
        return node.notice() != null || node.lost() && reason != null && reason.startsWith("Server.Spot");
    }
}
