package dev.mainstay.cloud;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** One target group or classic load balancer: who is registered there, and how they fare. Throws {@link CloudException}. */
public interface Balancer {
    TargetGroup targetGroup();

    /** Every registered instance, ours or not; draining ones included, but not by a classic load balancer. */
    Map<NodeId, TargetHealth> health();

    /** The deregistration delay: how long a deregistered target may finish what it has begun. */
    Duration drainTime();

    /** Puts running instances into rotation. Idempotent. */
    void register(Set<NodeId> ids);

    /** Takes instances out of rotation; draining begins. Idempotent. */
    void deregister(Set<NodeId> ids);
}
