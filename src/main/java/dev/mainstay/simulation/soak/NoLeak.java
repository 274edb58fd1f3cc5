package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.sdk.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** I2: no more nodes exist than the maximum, one canary and those that EC2 was told to end; each was announced in the journal. */
final class NoLeak implements Invariant {
    private final Scene scene;
    private List<Machine> judged = List.of();

    NoLeak(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "I2 no more than max, none unaccounted for";
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same list is the same world
    public @Nullable String after(Call call) {
        List<Machine> ours = scene.ours();
        if (ours == judged) {
            return null;
        }
        judged = ours;
        boolean canary = false;
        int existing = 0;
        for (Machine machine : ours) {
            String tag = machine.tags().get(Tags.INTENT);
            if (tag == null || scene.journal().intent(new IntentId(tag)).isEmpty()) {
                return "%s exists, and no intent in the journal explains it".formatted(machine);
            }
            existing += knownDead(machine) || scene.takenForLost(machine) ? 0 : 1;
            canary |= scene.journal().canary(new IntentId(tag));
        }
        int most = scene.spec().capacity().max() + (canary ? 1 : 0);
        return existing > most ? "%d nodes exist, over the maximum of %d: %s".formatted(existing, most, ours) : null;
    }

    /** EC2 has accepted to terminate it, and the journal says so. */
    private boolean knownDead(Machine machine) {
        return scene.journal()
                .latest()
                .map(memory -> memory.nodes().get(machine.id()))
                .filter(node -> node.terminatedAt() != null)
                .isPresent();
    }
}
