package dev.mainstay.planning;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Zone;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the actions of a draft come to, kept as they are added: guards ask for it before each, and there may be thousands. */
final class Sums {
    private final Map<NodeId, Standing> standings;
    private final Set<NodeId> subjects = new HashSet<>();
    private final Set<NodeId> removed = new HashSet<>();
    private final Map<Zone, Integer> launchedIn = new HashMap<>();
    private final Map<Budget, Integer> pledged = new EnumMap<>(Budget.class);
    private int launched;
    private int onDemandLaunched;
    private int inServiceRemoved;
    private int onDemandInServiceRemoved;

    Sums(Map<NodeId, Standing> standings) {
        this.standings = standings;
    }

    void add(Action action) {
        action.spends().forEach((budget, count) -> pledged.merge(budget, count, Integer::sum));
        if (action instanceof Action.Launch launch) {
            launchedIn.merge(launch.pool().zone(), launch.count(), Integer::sum);
            if (launch.resend() == null) {
                launched += launch.count();
                onDemandLaunched += launch.market() == Market.ON_DEMAND ? launch.count() : 0;
            }
        }
        action.subject().ifPresent(subjects::add);
        if (action.kind().destructive()) {
            action.subject().filter(removed::add).map(standings::get).ifPresent(this::remove);
        }
    }

    private void remove(Standing node) {
        if (node.inService()) {
            inServiceRemoved++;
            onDemandInServiceRemoved += node.onDemand() ? 1 : 0;
        }
    }

    /** Whether any of them is about this node. */
    boolean concern(NodeId node) {
        return subjects.contains(node);
    }

    /** New nodes; a call that is repeated brings none. */
    int launched() {
        return launched;
    }

    int onDemandLaunched() {
        return onDemandLaunched;
    }

    int launchedIn(Zone zone) {
        return launchedIn.getOrDefault(zone, 0);
    }

    int inServiceRemoved() {
        return inServiceRemoved;
    }

    int onDemandInServiceRemoved() {
        return onDemandInServiceRemoved;
    }

    int pledged(Budget budget) {
        return pledged.getOrDefault(budget, 0);
    }
}
