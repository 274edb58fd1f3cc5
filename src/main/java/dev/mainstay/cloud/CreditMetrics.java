package dev.mainstay.cloud;

import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** CloudWatch's five-minute samples of CPU and CPU credits. Throws {@link CloudException}. */
public interface CreditMetrics {
    /**
     * What the last hour's samples say of each node. A node without any that is fresh is left out, and so is, of the newest
     * values, each metric whose last datapoint is stale.
     */
    Map<NodeId, CreditReading> read(Set<NodeId> ids, Instant now);
}
