package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.Target;
import dev.mainstay.simulation.TargetGroups;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** ELBv2 as the simulated world answers it. One port: 80. */
final class SimulatedElb implements ElasticLoadBalancingV2Client {
    private static final int PORT = 80;
    private static final Calls.Service SERVICE = new Calls.Service("ElasticLoadBalancingV2", code -> switch (code) {
        case "InvalidTarget" -> InvalidTargetException.builder();
        case "TargetGroupNotFound" -> TargetGroupNotFoundException.builder();
        default -> ElasticLoadBalancingV2Exception.builder();
    });

    private final Calls calls;
    private final TargetGroups groups;
    private final SharedAnswers answers = new SharedAnswers();

    SimulatedElb(Calls calls) {
        this.calls = calls;
        this.groups = calls.world().targetGroups();
    }

    @Override
    public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
        return calls.make(
                "DescribeTargetHealth",
                request,
                SERVICE,
                () -> answers.get(
                        groups.version(), request, DescribeTargetHealthResponse.class, () -> targetHealth(request)));
    }

    @Override
    public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
            DescribeTargetGroupAttributesRequest request) {
        return calls.make("DescribeTargetGroupAttributes", request, SERVICE, () -> {
            // Refuses a group that does not exist.
            var _ = groups.targets(new TargetGroup(request.targetGroupArn()));
            long delay =
                    calls.world().spec().healthChecks().deregistrationDelay().toSeconds();
            return DescribeTargetGroupAttributesResponse.builder()
                    .attributes(TargetGroupAttribute.builder()
                            .key("deregistration_delay.timeout_seconds")
                            .value(Long.toString(delay))
                            .build())
                    .build();
        });
    }

    @Override
    public RegisterTargetsResponse registerTargets(RegisterTargetsRequest request) {
        return calls.make("RegisterTargets", request, SERVICE, () -> {
            List<Machine> machines =
                    request.targets().stream().map(this::machine).toList();
            groups.register(new TargetGroup(request.targetGroupArn()), machines);
            return RegisterTargetsResponse.builder().build();
        });
    }

    @Override
    public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest request) {
        return calls.make("DeregisterTargets", request, SERVICE, () -> {
            List<NodeId> ids = request.targets().stream()
                    .map(target -> new NodeId(target.id()))
                    .toList();
            groups.deregister(new TargetGroup(request.targetGroupArn()), ids);
            return DeregisterTargetsResponse.builder().build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private DescribeTargetHealthResponse targetHealth(DescribeTargetHealthRequest request) {
        Set<String> asked =
                request.targets().stream().map(TargetDescription::id).collect(Collectors.toSet());
        List<TargetHealthDescription> rows = groups.targets(new TargetGroup(request.targetGroupArn())).stream()
                .filter(target ->
                        asked.isEmpty() || asked.contains(target.machine().id().value()))
                .map(this::row)
                .toList();
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(rows)
                .build();
    }

    private TargetHealthDescription row(Target target) {
        var health = groups.shown(target);
        return TargetHealthDescription.builder()
                .target(description ->
                        description.id(target.machine().id().value()).port(PORT))
                .healthCheckPort(Integer.toString(PORT))
                .targetHealth(answer -> answer.state(name(health.state())).reason(health.reason()))
                .build();
    }

    private static String name(TargetHealth.State state) {
        return state == TargetHealth.State.UNHEALTHY_DRAINING ? "unhealthy.draining" : state.label();
    }

    private Machine machine(TargetDescription target) {
        return calls.world()
                .compute()
                .machine(new NodeId(target.id()))
                .orElseThrow(() ->
                        new Refusal("InvalidTarget", 400, "the target '%s' does not exist".formatted(target.id())));
    }
}
