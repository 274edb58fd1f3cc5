package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallSubjects;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** I3: nothing is terminated or changed that does not carry the cluster's tag. */
final class OnlyOurs implements Invariant {
    /** What destroys is verified right before the call; what does not was looked at in the same pass. */
    private static final Duration VERIFIED = Duration.ofSeconds(5);

    private static final Duration SEEN = Duration.ofMinutes(2);

    private final Scene scene;

    OnlyOurs(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "I3 only what is ours";
    }

    @Override
    public @Nullable String before(Call call) {
        Optional<ActionKind> kind = Writes.kind(call);
        if (kind.isEmpty()) {
            return null;
        }
        Duration excused = kind.get().destructive() ? VERIFIED : SEEN;
        for (NodeId id : CallSubjects.nodes(call)) {
            Optional<Machine> machine = scene.machine(id);
            if (machine.isPresent() && !scene.ours(machine.get()) && !scene.disownedWithin(id, excused)) {
                return "%s of %s, which does not carry the cluster's tag".formatted(call.operation(), machine.get());
            }
        }
        return null;
    }
}
