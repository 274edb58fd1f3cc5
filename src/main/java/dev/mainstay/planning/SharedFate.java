package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.StatusCheck;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether so many nodes are sick at once that the cause is probably shared: the database, the file server, a deploy, the
 * check itself. Judged over running nodes that EC2 calls well; lost ones do not enter it.
 */
final class SharedFate {
    private static final int LEAST_SICK = 2;

    private SharedFate() {}

    static Optional<Reason> of(ClusterSpec spec, Collection<Standing> nodes) {
        List<Standing> running = nodes.stream()
                .filter(node -> !node.memory().lost()
                        && node.memory().instance().state() == InstanceState.RUNNING
                        && node.memory().health().firstHealthy() != null
                        && node.memory().drainingSince() == null
                        && node.memory().heldSince() == null
                        && (node.seen() == null || node.seen().statusCheck() != StatusCheck.IMPAIRED))
                .toList();
        int sick = (int) running.stream()
                .filter(node -> node.memory().health().sick() && !node.outOfCredits())
                .count();
        double limit = spec.health().maxUnhealthy();
        boolean shared = sick >= LEAST_SICK && sick > limit * running.size();
        return shared ? Optional.of(new Reason.TooManySick(sick, running.size(), limit)) : Optional.empty();
    }
}
