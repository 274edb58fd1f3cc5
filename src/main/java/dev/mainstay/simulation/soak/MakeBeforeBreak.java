package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Reason;
import dev.mainstay.simulation.sdk.Call;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * I4: no node in service is taken out before its replacement serves: afterwards as many serve as are desired. But for what
 * AWS takes anyway, what rests, and a cluster in which there is no room for one to come before another goes.
 */
final class MakeBeforeBreak implements Invariant {
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
    public @Nullable String before(Call call) {
        departures.before(call);
        return null;
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

    /** Whether one more may exist; stopped nodes, and those kept for someone to look at, take room too. */
    private boolean room() {
        long existing = scene.world().compute().all().stream()
                .filter(machine -> (scene.ours(machine) || scene.remembered(machine))
                        && !machine.state().ending())
                .count();
        return existing < scene.spec().capacity().max();
    }
}
