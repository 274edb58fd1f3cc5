package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** No young node is given up for its health or its credits; a launch that failed is another matter. */
final class SparesTheYoung implements Invariant {
    @Override
    public String name() {
        return "no young node given up";
    }

    @Override
    public @Nullable String pass(Pass pass) {
        if (pass.plan().condemnations().isEmpty()) {
            return null;
        }
        Instant now = pass.plan().at();
        for (Map.Entry<NodeId, Reason> condemned : pass.plan().condemnations().entrySet()) {
            NodeMemory node = pass.memory().nodes().get(condemned.getKey());
            if (node == null) {
                continue;
            }
            Instant at = node.instance().launchedAt();
            Reason reason = condemned.getValue();
            boolean young = at.plus(pass.spec().guards().youngNode()).isAfter(now);
            if (young && Removal.heals(reason) && !(reason instanceof Reason.NeverHealthy)) {
                return "%s, launched at %s, is given up: %s".formatted(condemned.getKey(), at, reason);
            }
        }
        return null;
    }
}
