package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Reason;
import dev.mainstay.simulation.sdk.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * I4: no node in service is taken out before its replacement serves: afterwards as many serve as are desired. But for what
 * AWS takes anyway, what rests, and a cluster in which there is no room for one to come before another goes.
 */
final class MakeBeforeBreak implements Invariant {
    /** Within this a new node serves, or never will: the registration deadline. */
    private static final Duration STARTING = Duration.ofMinutes(15);

    private final Scene scene;
    private final Departures departures;

    MakeBeforeBreak(Scene scene) {
        this.scene = scene;
        this.departures = new Departures(scene);
    }

    @Override
    public String name() {
        return "I4 make before break";
    }

    @Override
    public @Nullable String after(Call call) {
        List<NodeId> gone = departures.after(call);
        int left = departures.leftOrTakenAnyway();
        if (gone.isEmpty()
                || !departures.lowered()
                || left >= scene.spec().capacity().desired()
                || !room()) {
            return null;
        }
        for (NodeId id : gone) {
            Optional<Reason> reason =
                    scene.journal().lastOf(id).map(Intent::action).map(action -> action.reason());
            if (reason.isEmpty() || !excused(reason.get())) {
                return "%s of %s, %s, leaves %d in service where %d are desired"
                        .formatted(
                                call.operation(),
                                id,
                                reason.map(Object::toString).orElse("for no reason in the journal"),
                                left,
                                scene.spec().capacity().desired());
            }
        }
        return null;
    }

    private static boolean excused(Reason reason) {
        return switch (reason) {
            case Reason.Interrupted _, Reason.RoomForBase _ -> true;
            case Reason.Remedied remedied -> remedied.remedy() == Remedy.REST;
            default -> false;
        };
    }

    /**
     * Whether one more than desired may exist. Nodes that are kept for someone to look at take room, and so do those that have
     * served nobody for long, because they may not go.
     */
    private boolean room() {
        ClusterSpec.Capacity capacity = scene.spec().capacity();
        long kept = scene.journal().latest().map(MakeBeforeBreak::kept).orElse(0L);
        long stuck = scene.ours().stream()
                .filter(machine -> !scene.inService().contains(machine.id()))
                .filter(machine -> machine.launchedAt().plus(STARTING).compareTo(scene.elapsed()) <= 0)
                .count();
        return capacity.max() > capacity.desired() + Math.max(kept, stuck);
    }

    private static long kept(Memory memory) {
        return memory.nodes().values().stream()
                .filter(node -> node.keptSince() != null && !node.lost())
                .count();
    }
}
