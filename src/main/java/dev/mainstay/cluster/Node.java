package dev.mainstay.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of our instances and all that was read about it in one observation.
 *
 * @param targets its health at each of the cluster's target groups in which it is registered
 * @param notice AWS's word that it will be taken away
 * @param credits null where CloudWatch has no sample, or was not asked
 * @param events what AWS has announced to do with it; empty where it was not read
 * @param rebalanceAt when EC2 recommended to replace it, since it is more likely than usual to be interrupted; null: never
 * @param creditMode null where it is not burstable, or was not read
 */
public record Node(
        Instance instance,
        Map<TargetGroup, TargetHealth> targets,
        StatusCheck statusCheck,
        @Nullable Notice notice,
        @Nullable CreditReading credits,
        @Nullable CreditMode creditMode,
        List<ScheduledEvent> events,
        @Nullable Instant rebalanceAt) {

    public Node {
        targets = Map.copyOf(targets);
        events = List.copyOf(events);
    }

    public NodeId id() {
        return instance.id();
    }
}
