package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pass decided, and why: the whole of it is a value, and nobody has to look elsewhere to explain it.
 *
 * @param nodes where every node of ours stands
 * @param condemnations who was condemned in this pass, and why
 * @param actions to be carried out in this order
 * @param withheld wanted, and held back by a guard
 * @param findings what each rule found at each node that it looked at, and at the cluster
 * @param cost what the cluster's machines cost now
 */
public record Plan(
        ClusterName cluster,
        Instant at,
        List<Standing> nodes,
        Map<NodeId, Reason> condemnations,
        List<Action> actions,
        List<Withheld> withheld,
        List<Finding> findings,
        List<Condition> conditions,
        Cost cost) {

    public Plan {
        nodes = List.copyOf(nodes);
        condemnations = Map.copyOf(condemnations);
        actions = List.copyOf(actions);
        withheld = List.copyOf(withheld);
        findings = List.copyOf(findings);
        conditions = List.copyOf(conditions);
    }

    /**
     * Compute only, in USD per hour; null where a price is unknown.
     *
     * @param usdPerHour of all that exists
     * @param onDemandUsdPerHour of {@code desired} on-demand nodes, for comparison
     * @param month what the calendar month cost so far, estimated on the high side; null where no cap is set for it
     */
    public record Cost(
            @Nullable Double usdPerHour,
            @Nullable Double onDemandUsdPerHour,
            @Nullable MonthToDate month) {
        public Cost(@Nullable Double usdPerHour, @Nullable Double onDemandUsdPerHour) {
            this(usdPerHour, onDemandUsdPerHour, null);
        }
    }

    /** Whether someone was condemned for such a reason. */
    boolean condemns(Class<? extends Reason> kind) {
        return condemnations.values().stream().anyMatch(kind::isInstance);
    }

    /** How many are in service. */
    public int serving() {
        return (int) nodes.stream().filter(Standing::inService).count();
    }

    /** All that there is to say of one node; empty for one that is not ours. */
    public Optional<Explanation> explain(NodeId id) {
        return nodes.stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .map(node -> new Explanation(
                        node,
                        findings.stream()
                                .filter(finding -> id.equals(finding.node()))
                                .toList(),
                        actions.stream().filter(action -> about(id, action)).toList(),
                        withheld.stream()
                                .filter(held -> about(id, held.action()))
                                .toList()));
    }

    private static boolean about(NodeId id, Action action) {
        return action.subject().filter(id::equals).isPresent();
    }

    /** This plan with nothing to do, because of this condition. */
    public Plan refused(Condition condition) {
        Plan told = with(condition);
        return new Plan(cluster, at, nodes, Map.of(), List.of(), withheld, findings, told.conditions, cost);
    }

    /** This plan, and this condition beside those that it tells; once, where it does already. */
    public Plan with(Condition condition) {
        List<Condition> all = new ArrayList<>(conditions);
        all.removeIf(one -> one.name() == condition.name());
        all.add(condition);
        return new Plan(cluster, at, nodes, condemnations, actions, withheld, findings, all, cost);
    }
}
