package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.sdk.Call;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I1: no call of ours takes what is in service below the floor, the on-demand nodes below the base, or the last one away. */
final class FloorHolds implements Invariant {
    private final Scene scene;
    private final Departures departures;

    FloorHolds(Scene scene) {
        this.scene = scene;
        this.departures = new Departures(scene);
    }

    @Override
    public String name() {
        return "I1 floor and base";
    }

    @Override
    public @Nullable String before(Call call) {
        departures.before(call);
        return null;
    }

    @Override
    public @Nullable String after(Call call) {
        List<NodeId> gone = departures.after(call);
        if (gone.isEmpty()) {
            return null;
        }
        ClusterSpec.Capacity capacity = scene.spec().capacity();
        Set<NodeId> left = departures.left();
        if (departures.lowered() && departures.leftOrTakenAnyway() < capacity.min() || left.isEmpty()) {
            return "%s of %s leaves %d in service, under the floor of %d"
                    .formatted(call.operation(), gone, left.size(), capacity.min());
        }
        if (gone.stream().noneMatch(this::onDemand)) {
            return null;
        }
        long onDemand = left.stream().filter(this::onDemand).count();
        return onDemand < capacity.onDemandBase()
                ? "%s of %s leaves %d on-demand in service, under the base of %d"
                        .formatted(call.operation(), gone, onDemand, capacity.onDemandBase())
                : null;
    }

    private boolean onDemand(NodeId id) {
        return scene.machine(id)
                .filter(machine -> machine.market() == Market.ON_DEMAND)
                .isPresent();
    }
}
