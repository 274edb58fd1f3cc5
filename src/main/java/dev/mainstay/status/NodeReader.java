package dev.mainstay.status;

import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Wording;
import dev.mainstay.status.StatusView.CreditsView;
import dev.mainstay.status.StatusView.NodeView;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the nodes of a pass into views: ours, and the targets that are not ours, in the order of {@link Phase}. Pure. */
final class NodeReader {
    private static final Set<TargetHealth.State> UNHEALTHY =
            EnumSet.of(TargetHealth.State.UNHEALTHY, TargetHealth.State.UNHEALTHY_DRAINING);

    private record Placed(Phase phase, NodeView view) {}

    private NodeReader() {}

    static List<NodeView> nodes(Pass pass) {
        Stream<Placed> ours = pass.plan().nodes().stream().map(node -> new Placed(node.phase(), view(node)));
        Stream<Placed> foreign = pass.observation().foreign().entrySet().stream()
                .map(entry -> new Placed(
                        Phase.FOREIGN, foreign(entry.getKey(), entry.getValue().values())));
        return Stream.concat(ours, foreign)
                .sorted(Comparator.comparing(Placed::phase)
                        .thenComparing(placed -> placed.view().id()))
                .map(Placed::view)
                .toList();
    }

    private static NodeView view(Standing node) {
        Instance instance = node.memory().instance();
        Reason reason = node.reason();
        return new NodeView(
                node.id().value(),
                instance.type().name(),
                instance.zone().value(),
                node.market().label(),
                node.role().label(),
                node.phase().label(),
                node.inService(),
                node.sight().map(NodeReader::healthy).orElse(null),
                credits(node),
                instance.launchedAt(),
                reason == null ? null : Labels.of(reason),
                reason == null ? null : Wording.of(reason));
    }

    private static NodeView foreign(NodeId id, Collection<TargetHealth> targets) {
        Boolean healthy = healthy(targets);
        return new NodeView(
                id.value(),
                null,
                null,
                null,
                Role.FOREIGN.label(),
                Phase.FOREIGN.label(),
                Boolean.TRUE.equals(healthy),
                healthy,
                null,
                null,
                null,
                null);
    }

    private static @Nullable Boolean healthy(Node node) {
        if (node.statusCheck() == StatusCheck.IMPAIRED) {
            return false;
        }
        return healthy(node.targets().values());
    }

    /** Initial, draining and unused are no verdict. */
    private static @Nullable Boolean healthy(Collection<TargetHealth> targets) {
        if (targets.stream().map(TargetHealth::state).anyMatch(UNHEALTHY::contains)) {
            return false;
        }
        boolean all = !targets.isEmpty() && targets.stream().allMatch(TargetHealth::healthy);
        return all ? true : null;
    }

    private static @Nullable CreditsView credits(Standing node) {
        CreditReading reading = node.sight().map(Node::credits).orElse(null);
        if (reading == null || reading.balance() == null) {
            return null;
        }
        return new CreditsView(reading.balance(), node.exhaustsAt());
    }
}
