package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.TargetGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What came with success and is not believed yet. Targets are drained before they leave a target group: where half of those
 * that ran in it, or more, are missing all at once, it is the answer that lacks them. After an hour of it someone has emptied
 * the group.
 */
public final class Doubts {
    /** So long a list is doubted; so long, too, a node is left alone that someone took out. */
    private static final Duration DOUBTED = Duration.ofHours(1);

    private Doubts() {}

    /** The observation, with a gap where it is doubted. */
    public static Observation about(ClusterSpec spec, Memory memory, Observation observation) {
        Memory.Seen seen = memory.seen();
        Instant now = observation.at().wall();
        if (seen == null
                || observation.gap(Gap.Source.TARGET_HEALTH).isPresent()
                || !seen.wall().plus(DOUBTED).isAfter(now)) {
            return observation;
        }
        Map<NodeId, Node> listed = new HashMap<>();
        observation.nodes().forEach(node -> listed.put(node.id(), node));
        for (TargetGroup group : spec.targetGroups()) {
            int expected = 0;
            int missing = 0;
            for (NodeMemory node : memory.nodes().values()) {
                Node found = listed.get(node.instance().id());
                if (found != null && belongs(node, found, group)) {
                    expected++;
                    missing += found.targets().containsKey(group) ? 0 : 1;
                }
            }
            if (missing > 0 && 2 * missing >= expected) {
                return observation.with(new Gap(
                        Gap.Source.TARGET_HEALTH,
                        seen.wall(),
                        "%s lists none of %d nodes that ran in it, of %d, and none of them was drained"
                                .formatted(group, missing, expected)));
            }
        }
        return observation;
    }

    /** Whether it was in the group when it was last seen, nobody having begun to take it out, and still runs. */
    private static boolean belongs(NodeMemory node, Node now, TargetGroup group) {
        return now.instance().state() == InstanceState.RUNNING
                && node.registered().contains(group)
                && node.heldSince() == null
                && node.drainingSince() == null
                && node.keptSince() == null
                && !node.credits().resting();
    }
}
