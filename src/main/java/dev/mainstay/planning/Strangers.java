package dev.mainstay.planning;

import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered so that a node which carries our tag can be told from one that someone else launched.
 *
 * @param departed nodes of ours that are no longer remembered, for a week: one that comes back is no stranger
 * @param rival another supervisor of the same cluster; null while nothing tells of one
 */
public record Strangers(List<Departure> departed, @Nullable Rival rival) {
    public static final Strangers NONE = new Strangers(List.of(), null);

    public Strangers {
        departed = List.copyOf(departed);
    }

    /** A node of ours that ended, vanished or lost its tag, and was forgotten then. */
    public record Departure(NodeId node, Instant at) {}

    /**
     * Nodes with our tag appeared that nobody who writes this journal launched. It holds until a person says otherwise:
     * that the nodes are gone does not mean that whoever launched them is.
     *
     * @param claims those of its nodes that are still there
     */
    public record Rival(List<Claim> claims, Instant since) {
        public Rival {
            claims = List.copyOf(claims);
        }

        /** Whether the node is one of its nodes. */
        public boolean has(NodeId node) {
            return claims.stream().anyMatch(claim -> claim.node().equals(node));
        }

        /** Its nodes. */
        public List<NodeId> nodes() {
            return claims.stream().map(Claim::node).toList();
        }
    }

    /** A node with our tag, and with the intent of a launch that this journal does not know. */
    public record Claim(NodeId node, IntentId intent) {}

    /** A person says that nobody else supervises the cluster: the nodes are ours. */
    Strangers accepted() {
        return rival == null ? this : new Strangers(departed, null);
    }

    /** Whether the node is another supervisor's. */
    public boolean claimed(NodeId node) {
        return rival != null && rival.has(node);
    }
}
