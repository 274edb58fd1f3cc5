package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one pass decided, and why: the whole of it is a value, and nobody has to look elsewhere to explain it.
 *
 * @param nodes where every node of ours stands
 * @param condemnations who was condemned in this pass, and why
 * @param actions to be carried out in this order
 * @param withheld wanted, and held back by a guard
 * @param cost what the cluster's machines cost now
 */
public record Plan(
        ClusterName cluster,
        Instant at,
        List<Standing> nodes,
        Map<NodeId, Reason> condemnations,
        List<Action> actions,
        List<Withheld> withheld,
        List<Condition> conditions,
        Cost cost) {

    public Plan {
        nodes = List.copyOf(nodes);
        condemnations = Map.copyOf(condemnations);
        actions = List.copyOf(actions);
        withheld = List.copyOf(withheld);
        conditions = List.copyOf(conditions);
    }

    /**
     * Compute only, in USD per hour; null where a price is unknown.
     *
     * @param usdPerHour of all that exists
     * @param onDemandUsdPerHour of {@code desired} on-demand nodes, for comparison
     */
    public record Cost(
            @Nullable Double usdPerHour, @Nullable Double onDemandUsdPerHour) {}

    /** How many are in service. */
    public int serving() {
        return (int) nodes.stream().filter(Standing::inService).count();
    }

    /** This plan with nothing to do, because of this condition. */
    public Plan refused(Condition condition) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(condition);
        return new Plan(cluster, at, nodes, Map.of(), List.of(), withheld, all, cost);
    }
}
