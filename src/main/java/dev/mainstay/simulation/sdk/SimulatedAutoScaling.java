package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.Group.Lifecycle;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.ScalingGroup;
import dev.mainstay.simulation.ScalingGroups;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/** EC2 Auto Scaling as the simulated world answers it. */
final class SimulatedAutoScaling implements AutoScalingClient {
    private static final Calls.Service SERVICE = new Calls.Service("AutoScaling", _ -> AutoScalingException.builder());

    private final Calls calls;
    private final ScalingGroups groups;

    SimulatedAutoScaling(Calls calls) {
        this.calls = calls;
        this.groups = calls.world().scalingGroups();
    }

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        return calls.make("DescribeAutoScalingGroups", request, SERVICE, () -> {
            List<String> asked = request.autoScalingGroupNames();
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(groups.all().stream()
                            .filter(group -> asked.isEmpty()
                                    || asked.contains(group.spec().name().value()))
                            .map(SimulatedAutoScaling::row)
                            .toList())
                    .build();
        });
    }

    @Override
    public DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest request) {
        return calls.make("DescribeScalingActivities", request, SERVICE, () -> {
            ScalingGroup group = groups.group(request.autoScalingGroupName());
            return DescribeScalingActivitiesResponse.builder()
                    .activities(group.activities().stream()
                            .limit(request.maxRecords() == null ? 100 : request.maxRecords())
                            .map(activity -> Activity.builder()
                                    .description(activity.description())
                                    .statusCode(activity.status())
                                    .startTime(calls.world().at(activity.at()))
                                    .build())
                            .toList())
                    .build();
        });
    }

    @Override
    public DescribeInstanceRefreshesResponse describeInstanceRefreshes(DescribeInstanceRefreshesRequest request) {
        return calls.make("DescribeInstanceRefreshes", request, SERVICE, () -> {
            boolean refreshing = groups.group(request.autoScalingGroupName())
                    .refreshing(Duration.between(
                            calls.world().at(Duration.ZERO), calls.world().now()));
            return DescribeInstanceRefreshesResponse.builder()
                    .instanceRefreshes(
                            refreshing
                                    ? List.of(InstanceRefresh.builder()
                                            .status("InProgress")
                                            .build())
                                    : List.of())
                    .build();
        });
    }

    @Override
    public SetDesiredCapacityResponse setDesiredCapacity(SetDesiredCapacityRequest request) {
        return calls.make("SetDesiredCapacity", request, SERVICE, () -> {
            groups.setDesired(request.autoScalingGroupName(), request.desiredCapacity());
            return SetDesiredCapacityResponse.builder().build();
        });
    }

    @Override
    public TerminateInstanceInAutoScalingGroupResponse terminateInstanceInAutoScalingGroup(
            TerminateInstanceInAutoScalingGroupRequest request) {
        return calls.make("TerminateInstanceInAutoScalingGroup", request, SERVICE, () -> {
            groups.terminate(new NodeId(request.instanceId()), request.shouldDecrementDesiredCapacity());
            return TerminateInstanceInAutoScalingGroupResponse.builder().build();
        });
    }

    @Override
    public EnterStandbyResponse enterStandby(EnterStandbyRequest request) {
        return calls.make("EnterStandby", request, SERVICE, () -> {
            request.instanceIds()
                    .forEach(id -> groups.enterStandby(
                            request.autoScalingGroupName(), new NodeId(id), request.shouldDecrementDesiredCapacity()));
            return EnterStandbyResponse.builder().build();
        });
    }

    @Override
    public ExitStandbyResponse exitStandby(ExitStandbyRequest request) {
        return calls.make("ExitStandby", request, SERVICE, () -> {
            request.instanceIds().forEach(id -> groups.exitStandby(request.autoScalingGroupName(), new NodeId(id)));
            return ExitStandbyResponse.builder().build();
        });
    }

    @Override
    public CompleteLifecycleActionResponse completeLifecycleAction(CompleteLifecycleActionRequest request) {
        return calls.make("CompleteLifecycleAction", request, SERVICE, () -> {
            groups.hook(
                    request.autoScalingGroupName(),
                    request.lifecycleHookName(),
                    new NodeId(request.instanceId()),
                    false);
            return CompleteLifecycleActionResponse.builder().build();
        });
    }

    @Override
    public RecordLifecycleActionHeartbeatResponse recordLifecycleActionHeartbeat(
            RecordLifecycleActionHeartbeatRequest request) {
        return calls.make("RecordLifecycleActionHeartbeat", request, SERVICE, () -> {
            groups.hook(
                    request.autoScalingGroupName(),
                    request.lifecycleHookName(),
                    new NodeId(request.instanceId()),
                    true);
            return RecordLifecycleActionHeartbeatResponse.builder().build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private static AutoScalingGroup row(ScalingGroup group) {
        return AutoScalingGroup.builder()
                .autoScalingGroupName(group.spec().name().value())
                .minSize(group.spec().min())
                .maxSize(group.spec().max())
                .desiredCapacity(group.desired())
                .healthCheckType("EC2")
                .suspendedProcesses(group.suspended().stream()
                        .map(process ->
                                SuspendedProcess.builder().processName(process).build())
                        .toList())
                .instances(group.members().stream()
                        .map(member -> Instance.builder()
                                .instanceId(member.machine().id().value())
                                .lifecycleState(name(member.lifecycle()))
                                .build())
                        .toList())
                .build();
    }

    private static String name(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case PENDING -> "Pending";
            case PENDING_WAIT -> "Pending:Wait";
            case IN_SERVICE -> "InService";
            case STANDBY -> "Standby";
            case TERMINATING -> "Terminating";
            case TERMINATING_WAIT -> "Terminating:Wait";
            case UNKNOWN -> "Unknown";
        };
    }
}
