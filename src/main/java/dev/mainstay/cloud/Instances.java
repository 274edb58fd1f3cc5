package dev.mainstay.cloud;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceStatus;
import dev.mainstay.cluster.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The EC2 instances of one account and region. Reads are eventually consistent: a new instance may be missing, and an old
 * state may be shown, for minutes. Every method throws {@link CloudException} and nothing else of AWS's.
 */
public interface Instances {
    /** Every instance with the cluster's tag, in whatever state EC2 still lists it; all pages. */
    List<Instance> of(ClusterName cluster);

    /** Those of the ids that EC2 knows; an unknown id is left out, and does not fail the call. */
    List<Instance> byId(Set<NodeId> ids);

    /** The status checks and scheduled events of running instances; ids without a verdict are left out. */
    Map<NodeId, InstanceStatus> statuses(Set<NodeId> ids);

    /** The credit modes of burstable instances; others must not be asked for. */
    Map<NodeId, CreditMode> creditModes(Set<NodeId> ids);

    /** Switches a running burstable instance's credit mode. Idempotent. */
    void setCreditMode(NodeId id, CreditMode mode);

    /** Terminates an instance. Idempotent; {@code NOT_FOUND} if EC2 has forgotten it. */
    void terminate(NodeId id);
}
