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
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeregisterInstancesFromLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeregisterInstancesFromLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeInstanceHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeInstanceHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.ElasticLoadBalancingException;
import software.amazon.awssdk.services.elasticloadbalancing.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.InvalidInstanceException;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancing.model.RegisterInstancesWithLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.RegisterInstancesWithLoadBalancerResponse;

/** Classic load balancers as the simulated world answers them. What is being drained is not listed. */
final class SimulatedClassicElb implements ElasticLoadBalancingClient {
    private static final String NOBODY = "LoadBalancerNotFound";
    private static final String NO_INSTANCE = "InvalidInstance";
    private static final Calls.Service SERVICE = new Calls.Service("ElasticLoadBalancing", code -> switch (code) {
        case NO_INSTANCE -> InvalidInstanceException.builder();
        case NOBODY -> LoadBalancerNotFoundException.builder();
        default -> ElasticLoadBalancingException.builder();
    });

    private final Calls calls;
    private final TargetGroups groups;
    private final SharedAnswers answers = new SharedAnswers();

    SimulatedClassicElb(Calls calls) {
        this.calls = calls;
        this.groups = calls.world().targetGroups();
    }

    @Override
    public DescribeInstanceHealthResponse describeInstanceHealth(DescribeInstanceHealthRequest request) {
        return calls.make(
                "DescribeInstanceHealth",
                request,
                SERVICE,
                () -> answers.get(
                        groups.version(), request, DescribeInstanceHealthResponse.class, () -> health(request)));
    }

    @Override
    public DescribeLoadBalancerAttributesResponse describeLoadBalancerAttributes(
            DescribeLoadBalancerAttributesRequest request) {
        return calls.make("DescribeLoadBalancerAttributes", request, SERVICE, () -> {
            // Refuses a load balancer that does not exist.
            var _ = groups.targets(balancer(request.loadBalancerName()));
            int seconds = Math.toIntExact(
                    calls.world().spec().healthChecks().deregistrationDelay().toSeconds());
            return DescribeLoadBalancerAttributesResponse.builder()
                    .loadBalancerAttributes(attributes -> attributes.connectionDraining(
                            draining -> draining.enabled(seconds > 0).timeout(seconds > 0 ? seconds : 300)))
                    .build();
        });
    }

    @Override
    public RegisterInstancesWithLoadBalancerResponse registerInstancesWithLoadBalancer(
            RegisterInstancesWithLoadBalancerRequest request) {
        return calls.make("RegisterInstancesWithLoadBalancer", request, SERVICE, () -> {
            List<Machine> machines = request.instances().stream()
                    .map(instance -> machine(instance.instanceId()))
                    .toList();
            groups.register(balancer(request.loadBalancerName()), machines);
            return RegisterInstancesWithLoadBalancerResponse.builder()
                    .instances(registered(request.loadBalancerName()))
                    .build();
        });
    }

    @Override
    public DeregisterInstancesFromLoadBalancerResponse deregisterInstancesFromLoadBalancer(
            DeregisterInstancesFromLoadBalancerRequest request) {
        return calls.make("DeregisterInstancesFromLoadBalancer", request, SERVICE, () -> {
            List<NodeId> ids = request.instances().stream()
                    .map(instance -> machine(instance.instanceId()).id())
                    .toList();
            groups.deregister(balancer(request.loadBalancerName()), ids);
            return DeregisterInstancesFromLoadBalancerResponse.builder()
                    .instances(registered(request.loadBalancerName()))
                    .build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private DescribeInstanceHealthResponse health(DescribeInstanceHealthRequest request) {
        TargetGroup balancer = balancer(request.loadBalancerName());
        Set<String> asked =
                request.instances().stream().map(Instance::instanceId).collect(Collectors.toSet());
        asked.forEach(this::machine);
        return DescribeInstanceHealthResponse.builder()
                .instanceStates(groups.targets(balancer).stream()
                        .filter(target -> !draining(target))
                        .filter(target -> asked.isEmpty()
                                || asked.contains(target.machine().id().value()))
                        .map(target -> row(target.machine().id(), groups.shown(target)))
                        .toList())
                .build();
    }

    private List<Instance> registered(String name) {
        return groups.targets(balancer(name)).stream()
                .filter(target -> !draining(target))
                .map(target -> Instance.builder()
                        .instanceId(target.machine().id().value())
                        .build())
                .toList();
    }

    private static boolean draining(Target target) {
        return target.health().state() == TargetHealth.State.DRAINING;
    }

    /** The sentences are those of AWS's API reference, "InstanceState". */
    private static InstanceState row(NodeId id, TargetHealth health) {
        InstanceState.Builder row = InstanceState.builder().instanceId(id.value());
        String reason = health.reason() == null ? "" : health.reason();
        return switch (health.state()) {
            case HEALTHY ->
                row.state("InService").reasonCode("N/A").description("N/A").build();
            case INITIAL ->
                reason.equals("Elb.RegistrationInProgress")
                        ? out(row, "ELB", "Instance registration is still in progress.")
                        : out(
                                row,
                                "Instance",
                                "Instance has not passed the configured HealthyThreshold number of health checks"
                                        + " consecutively.");
            case UNUSED ->
                reason.equals("Target.InvalidState")
                        ? out(row, "Instance", "Instance is in terminated state.")
                        : out(
                                row,
                                "ELB",
                                "Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to"
                                        + " route traffic to.");
            case UNHEALTHY, UNHEALTHY_DRAINING ->
                out(
                        row,
                        reason.startsWith("Elb.") ? "ELB" : "Instance",
                        "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.");
            case DRAINING, UNAVAILABLE, UNKNOWN ->
                row.state("Unknown")
                        .reasonCode("ELB")
                        .description("A transient error occurred. Please try again later.")
                        .build();
        };
    }

    private static InstanceState out(InstanceState.Builder row, String reason, String sentence) {
        return row.state("OutOfService")
                .reasonCode(reason)
                .description(sentence)
                .build();
    }

    private Machine machine(String id) {
        return calls.world()
                .compute()
                .machine(new NodeId(id))
                .orElseThrow(() -> new Refusal(NO_INSTANCE, 400, "Could not find EC2 instance %s.".formatted(id)));
    }

    /** By its name; a target group has an ARN, and is not this service's. */
    private static TargetGroup balancer(String name) {
        TargetGroup balancer = new TargetGroup(name);
        if (!balancer.classic()) {
            throw new Refusal(NOBODY, 400, "There is no ACTIVE Load Balancer named '%s'".formatted(name));
        }
        return balancer;
    }
}
