package dev.mainstay.cloud;

import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** CloudWatch's five-minute samples of CPU and CPU credits. Throws {@link CloudException}. */
public interface CreditMetrics {
    /** The newest sample of each node within the last 20 minutes; nodes without one are left out. */
    Map<NodeId, CreditReading> latest(Set<NodeId> ids, Instant now);
}
