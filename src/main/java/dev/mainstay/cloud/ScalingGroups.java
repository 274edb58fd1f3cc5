package dev.mainstay.cloud;

import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.NodeId;
import java.util.Map;
import java.util.Set;

/** Auto Scaling groups. Throws {@link CloudException}. */
public interface ScalingGroups {
    /** All of them; fails where one does not exist. */
    Map<GroupName, Group> read(Set<GroupName> names);

    /** Sets how many nodes a group shall have, whatever it is doing. Idempotent. */
    void setDesired(GroupName group, int desired);

    /**
     * Ends an instance of a group.
     *
     * @param shrink whether the group is one smaller from then on; else it launches another
     */
    void terminate(NodeId id, boolean shrink);

    /** Takes an instance out of its group's load balancers, and leaves it running. */
    void enterStandby(GroupName group, NodeId id, boolean shrink);

    /** Puts it back; the group is one larger from then on. */
    void exitStandby(GroupName group, NodeId id);

    /** Lets an instance that a lifecycle hook holds go on. */
    void completeHook(GroupName group, String hook, NodeId id);

    /** Has a lifecycle hook wait for its time-out once more. */
    void prolongHook(GroupName group, String hook, NodeId id);
}
