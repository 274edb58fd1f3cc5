package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.ScalingGroups;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.Group.Lifecycle;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** {@link ScalingGroups} on EC2 Auto Scaling. Thread-safe. */
final class AutoScalingGroups implements ScalingGroups {
    private static final String GROUPS = "DescribeAutoScalingGroups";
    private static final String ACTIVITIES = "DescribeScalingActivities";
    private static final String REFRESHES = "DescribeInstanceRefreshes";

    /** The newest are the first. An answer names at most a hundred. */
    private static final int RECENT = 10;

    private static final Set<String> OVER = Set.of("Successful", "Failed", "Cancelled");
    private static final Set<String> REFRESHING =
            Set.of("Pending", "InProgress", "Cancelling", "RollbackInProgress", "Baking");

    /** The tags by which other controllers find the groups that are theirs, and what to call them. */
    private static final Map<String, String> CONTROLLERS = Map.of(
            "k8s.io/cluster-autoscaler/enabled", "the Kubernetes cluster autoscaler",
            "eks:nodegroup-name", "an EKS node group",
            "AmazonECSManaged", "an ECS capacity provider",
            "elasticbeanstalk:environment-id", "Elastic Beanstalk",
            "spot-enabled", "AutoSpotting");

    private final Supplier<AutoScalingClient> reads;
    private final Supplier<AutoScalingClient> writes;

    AutoScalingGroups(Supplier<AutoScalingClient> reads, Supplier<AutoScalingClient> writes) {
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public Map<GroupName, Group> read(Set<GroupName> names) {
        List<String> asked = names.stream().sorted().map(GroupName::value).toList();
        Map<GroupName, Group> groups = new HashMap<>();
        AwsCall.pages(
                        GROUPS,
                        () -> reads.get()
                                .describeAutoScalingGroupsPaginator(request -> request.autoScalingGroupNames(asked)))
                .stream()
                .flatMap(page -> page.autoScalingGroups().stream())
                .forEach(row -> groups.put(new GroupName(row.autoScalingGroupName()), group(row)));
        for (GroupName name : names) {
            if (!groups.containsKey(name)) {
                throw new CloudException(
                        FailureKind.NOT_FOUND,
                        "there is no Auto Scaling group %s; check the name in the config, and the region"
                                .formatted(name));
            }
        }
        return groups;
    }

    @Override
    public void setDesired(GroupName group, int desired) {
        AwsCall.translate(
                "SetDesiredCapacity",
                () -> writes.get()
                        .setDesiredCapacity(request -> request.autoScalingGroupName(group.value())
                                .desiredCapacity(desired)
                                .honorCooldown(false)));
    }

    @Override
    public void terminate(NodeId id, boolean shrink) {
        AwsCall.translate(
                "TerminateInstanceInAutoScalingGroup",
                () -> writes.get()
                        .terminateInstanceInAutoScalingGroup(
                                request -> request.instanceId(id.value()).shouldDecrementDesiredCapacity(shrink)));
    }

    @Override
    public void enterStandby(GroupName group, NodeId id, boolean shrink) {
        AwsCall.translate(
                "EnterStandby",
                () -> writes.get()
                        .enterStandby(request -> request.autoScalingGroupName(group.value())
                                .instanceIds(id.value())
                                .shouldDecrementDesiredCapacity(shrink)));
    }

    @Override
    public void exitStandby(GroupName group, NodeId id) {
        AwsCall.translate(
                "ExitStandby",
                () -> writes.get()
                        .exitStandby(request ->
                                request.autoScalingGroupName(group.value()).instanceIds(id.value())));
    }

    @Override
    public void completeHook(GroupName group, String hook, NodeId id) {
        AwsCall.translate(
                "CompleteLifecycleAction",
                () -> writes.get()
                        .completeLifecycleAction(request -> request.autoScalingGroupName(group.value())
                                .lifecycleHookName(hook)
                                .instanceId(id.value())
                                .lifecycleActionResult("CONTINUE")));
    }

    @Override
    public void prolongHook(GroupName group, String hook, NodeId id) {
        AwsCall.translate(
                "RecordLifecycleActionHeartbeat",
                () -> writes.get()
                        .recordLifecycleActionHeartbeat(request -> request.autoScalingGroupName(group.value())
                                .lifecycleHookName(hook)
                                .instanceId(id.value())));
    }

    private Group group(AutoScalingGroup row) {
        if (row.minSize() == null || row.maxSize() == null || row.desiredCapacity() == null) {
            throw AwsCall.incomplete(GROUPS, "the sizes of " + row.autoScalingGroupName());
        }
        List<Activity> activities = activities(row.autoScalingGroupName());
        SortedMap<NodeId, Lifecycle> members = new TreeMap<>();
        row.instances()
                .forEach(instance ->
                        members.put(new NodeId(instance.instanceId()), lifecycle(instance.lifecycleStateAsString())));
        return new Group(
                new GroupName(row.autoScalingGroupName()),
                row.minSize(),
                row.maxSize(),
                row.desiredCapacity(),
                new TreeSet<>(row.suspendedProcesses().stream()
                        .map(SuspendedProcess::processName)
                        .toList()),
                rivals(row),
                acts(row.autoScalingGroupName(), activities),
                refused(activities),
                members);
    }

    private List<Activity> activities(String group) {
        return AwsCall.translate(
                        ACTIVITIES,
                        () -> reads.get()
                                .describeScalingActivities(request ->
                                        request.autoScalingGroupName(group).maxRecords(RECENT)))
                .activities();
    }

    private List<String> acts(String group, List<Activity> activities) {
        List<String> acts = new ArrayList<>();
        AwsCall.translate(
                        REFRESHES,
                        () -> reads.get()
                                .describeInstanceRefreshes(request ->
                                        request.autoScalingGroupName(group).maxRecords(1)))
                .instanceRefreshes()
                .stream()
                .map(InstanceRefresh::statusAsString)
                .filter(REFRESHING::contains)
                .findFirst()
                .ifPresent(status -> acts.add("an instance refresh (%s)".formatted(status)));
        activities.stream()
                .filter(activity -> !OVER.contains(activity.statusCodeAsString()))
                .map(Activity::description)
                .map(description -> description == null ? "an activity" : description)
                .forEach(acts::add);
        return acts;
    }

    /** Whether the newest launch that is over was in vain. */
    private static boolean refused(List<Activity> activities) {
        return activities.stream()
                .filter(activity -> activity.description() != null
                        && activity.description().startsWith("Launching")
                        && OVER.contains(activity.statusCodeAsString()))
                .findFirst()
                .filter(activity -> "Failed".equals(activity.statusCodeAsString()))
                .isPresent();
    }

    private static List<String> rivals(AutoScalingGroup row) {
        List<String> rivals = new ArrayList<>();
        if (row.healthCheckType() != null && row.healthCheckType().contains("ELB")) {
            rivals.add("its own ELB health checks");
        }
        row.tags().stream()
                .map(TagDescription::key)
                .filter(key -> key != null && CONTROLLERS.containsKey(key))
                .sorted()
                .map(CONTROLLERS::get)
                .forEach(rivals::add);
        return rivals;
    }

    /** Source: EC2 Auto Scaling guide, "Instance lifecycle". */
    private static Lifecycle lifecycle(@Nullable String state) {
        return switch (state) {
            case "Pending", "Pending:Proceed" -> Lifecycle.PENDING;
            case "Pending:Wait" -> Lifecycle.PENDING_WAIT;
            case "InService" -> Lifecycle.IN_SERVICE;
            case "Standby", "EnteringStandby" -> Lifecycle.STANDBY;
            case "Terminating", "Terminating:Proceed", "Terminated" -> Lifecycle.TERMINATING;
            case "Terminating:Wait" -> Lifecycle.TERMINATING_WAIT;
            case null, default -> Lifecycle.UNKNOWN;
        };
    }
}
