package dev.mainstay.planning;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * EC2's rebalance recommendations: hints that a node is likelier than usual to be taken away. EC2 promises nothing by them,
 * and never takes one back, so that they are forgotten after a while.
 */
public final class Rebalance {
    private static final Duration HOLDS = Duration.ofHours(2);

    private Rebalance() {}

    /** The pools in which a spot node of ours has such a hint. */
    static Set<Pool> hinted(Observation observation, Instant now) {
        return observation.nodes().stream()
                .filter(node -> hinted(node, now))
                .map(node -> node.instance().pool())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the node has such a hint. */
    public static boolean hinted(Node node, Instant now) {
        return node.rebalanceAt() != null
                && node.instance().market() == Market.SPOT
                && !node.instance().state().dead()
                && node.rebalanceAt().plus(HOLDS).isAfter(now);
    }
}
