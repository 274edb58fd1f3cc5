package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.simulation.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No young node is given up for its health or its credits; a launch that failed is another matter. */
final class SparesTheYoung implements Invariant {
    private final Scene scene;

    SparesTheYoung(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "no young node given up";
    }

    @Override
    public @Nullable String pass(Pass pass) {
        if (pass.plan().condemnations().isEmpty()) {
            return null;
        }
        for (Map.Entry<NodeId, Reason> condemned : pass.plan().condemnations().entrySet()) {
            Optional<Machine> machine = scene.machine(condemned.getKey());
            if (machine.isEmpty()) {
                continue;
            }
            Duration age = scene.elapsed().minus(machine.get().launchedAt());
            Reason reason = condemned.getValue();
            // By a clock that has been days ahead since before its launch it is days old, and nothing tells that it is
            // not.
            Instant launchedAt = scene.world().at(machine.get().launchedAt());
            Duration shown = Duration.between(launchedAt, pass.plan().at());
            Duration limit = pass.spec().guards().youngNode();
            boolean young = age.compareTo(limit) < 0 && shown.compareTo(limit) < 0;
            if (young && Removal.heals(reason) && !(reason instanceof Reason.NeverHealthy)) {
                return "%s is given up at the age of %s: %s".formatted(condemned.getKey(), age, reason);
            }
        }
        return null;
    }
}
