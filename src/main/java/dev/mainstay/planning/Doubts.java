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
 * What came with success and is not believed yet, for an hour at most; after that someone has really emptied the cluster.
 * EC2 lists what has ended for about an hour: where it knows nothing, all at once, of half of the nodes that it told us of, or
 * more, its answer lacks them. Targets are drained before they leave a target group: where half of those that ran in it, or
 * more, are missing all at once, it is the answer that lacks them.
 */
public final class Doubts {
    /**
     * So long a list is doubted; so long, too, a node is left alone that someone took out. EC2 lists what has ended for "a
     * short while, usually less than an hour". Source: EC2 User Guide, "Terminate your instance".
     */
    private static final Duration DOUBTED = Duration.ofHours(1);
    /** One alone may have been forgotten early. */
    private static final int LEAST_UNKNOWN = 2;

    private Doubts() {}

    /** The observation, with a gap where it is doubted. */
    public static Observation about(ClusterSpec spec, Memory memory, Observation observation) {
        Memory.Seen seen = memory.seen();
        Instant now = observation.at().wall();
        if (seen == null || !seen.wall().plus(DOUBTED).isAfter(now)) {
            return observation;
        }
        return aboutTargets(spec, memory, aboutInstances(memory, observation, seen), seen);
    }

    private static Observation aboutInstances(Memory memory, Observation observation, Memory.Seen seen) {
        if (observation.gone().size() < LEAST_UNKNOWN) {
            return observation;
        }
        int met = 0;
        int unknown = 0;
        for (NodeMemory node : memory.nodes().values()) {
            // What was launched and not yet listed, EC2 may not show for minutes.
            if (!node.lost() && node.instance().state() != InstanceState.PENDING) {
                boolean believed = node.missing() != null && node.missing().shownGone() > 0;
                met++;
                unknown +=
                        !believed && observation.gone().contains(node.instance().id()) ? 1 : 0;
            }
        }
        return unknown < LEAST_UNKNOWN || 2 * unknown < met
                ? observation
                : observation.doubting(new Gap(
                        Gap.Source.INSTANCES,
                        seen.wall(),
                        "EC2 knows nothing of %d of %d instances, not even that they ended".formatted(unknown, met)));
    }

    private static Observation aboutTargets(
            ClusterSpec spec, Memory memory, Observation observation, Memory.Seen seen) {
        if (observation.gap(Gap.Source.TARGET_HEALTH).isPresent()) {
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
