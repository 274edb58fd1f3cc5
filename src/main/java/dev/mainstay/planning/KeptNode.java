package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Of the nodes that were never healthy, the last one is kept out of rotation for a while, so that someone can see why. One
 * only: they cost money.
 */
final class KeptNode {
    private static final Comparator<NodeMemory> LAST = Comparator.comparing(KeptNode::failedAt)
            .thenComparing(node -> node.instance().launchedAt())
            .thenComparing(node -> node.instance().id());

    private KeptNode() {}

    /** Marks the one that is kept from now on, and no other. */
    static void choose(ClusterSpec spec, SortedMap<NodeId, NodeMemory> nodes, Instant now) {
        Duration time = spec.launch().keepFailed();
        Optional<NodeMemory> last = nodes.values().stream()
                .filter(KeptNode::failed)
                .filter(node -> failedAt(node).plus(time).isAfter(now))
                .max(LAST);
        nodes.replaceAll((id, node) -> {
            Instant since = last.filter(node::equals).map(KeptNode::failedAt).orElse(null);
            return since == null && node.keptSince() == null ? node : node.withKept(since);
        });
    }

    /** A failed launch that exists, and is not on its way out already. */
    private static boolean failed(NodeMemory node) {
        return node.condemned() != null
                && node.condemned().reason() instanceof Reason.NeverHealthy
                && !node.lost()
                && node.terminatedAt() == null
                && (node.drainingSince() == null || node.keptSince() != null);
    }

    private static Instant failedAt(NodeMemory node) {
        return node.condemned() == null ? node.firstSeen() : node.condemned().since();
    }
}
