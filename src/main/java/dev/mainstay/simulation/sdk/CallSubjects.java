package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.NodeId;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeregisterInstancesFromLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.model.RegisterInstancesWithLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** What a call that writes is about, for those who may not know the SDK. */
public final class CallSubjects {
    private CallSubjects() {}

    /** The instances that the call names; none for a launch and for a call that only reads. */
    public static List<NodeId> nodes(Call call) {
        return switch (call.request()) {
            case TerminateInstancesRequest terminate -> ids(terminate.instanceIds());
            case RegisterTargetsRequest register -> targets(register.targets());
            case DeregisterTargetsRequest deregister -> targets(deregister.targets());
            case RegisterInstancesWithLoadBalancerRequest register -> instances(register.instances());
            case DeregisterInstancesFromLoadBalancerRequest deregister -> instances(deregister.instances());
            case ModifyInstanceCreditSpecificationRequest modify ->
                ids(modify.instanceCreditSpecifications().stream()
                        .map(InstanceCreditSpecificationRequest::instanceId)
                        .toList());
            default -> List.of();
        };
    }

    /** The client token of a launch; empty for every other call, and for a launch without one. */
    public static Optional<String> token(Call call) {
        return switch (call.request()) {
            case RunInstancesRequest launch -> Optional.ofNullable(launch.clientToken());
            case CreateFleetRequest launch -> Optional.ofNullable(launch.clientToken());
            default -> Optional.empty();
        };
    }

    private static List<NodeId> targets(List<TargetDescription> targets) {
        return ids(targets.stream().map(TargetDescription::id).toList());
    }

    private static List<NodeId> instances(List<Instance> instances) {
        return ids(instances.stream().map(Instance::instanceId).toList());
    }

    private static List<NodeId> ids(List<String> ids) {
        return ids.stream().map(NodeId::new).toList();
    }
}
