package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.Balancer;
import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.TargetHealth.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.ConnectionDraining;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeInstanceHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;

/** {@link Balancer} on a classic load balancer. Thread-safe. */
final class ClassicBalancer implements Balancer {
    private static final String HEALTH = "DescribeInstanceHealth";
    private static final String ATTRIBUTES = "DescribeLoadBalancerAttributes";
    private static final String REGISTER = "RegisterInstancesWithLoadBalancer";
    private static final String DEREGISTER = "DeregisterInstancesFromLoadBalancer";

    private final Supplier<ElasticLoadBalancingClient> reads;
    private final Supplier<ElasticLoadBalancingClient> writes;
    private final TargetGroup balancer;

    ClassicBalancer(
            Supplier<ElasticLoadBalancingClient> reads,
            Supplier<ElasticLoadBalancingClient> writes,
            TargetGroup balancer) {
        this.reads = reads;
        this.writes = writes;
        this.balancer = balancer;
    }

    @Override
    public TargetGroup targetGroup() {
        return balancer;
    }

    /** Asked without ids: a single one that the load balancer does not know would fail the call. */
    @Override
    public Map<NodeId, TargetHealth> health() {
        DescribeInstanceHealthResponse answer = AwsCall.translate(
                HEALTH, () -> reads.get().describeInstanceHealth(request -> request.loadBalancerName(name())));
        if (!answer.hasInstanceStates()) {
            // An empty list is in the answer; an answer without any list would pass for an empty load balancer.
            throw AwsCall.incomplete(HEALTH, "a list of instances");
        }
        Map<NodeId, TargetHealth> health = new HashMap<>();
        for (InstanceState row : answer.instanceStates()) {
            String id = row.instanceId();
            if (id == null || id.isBlank()) {
                throw AwsCall.incomplete(HEALTH, "the id of an instance");
            }
            health.put(new NodeId(id), health(row));
        }
        return health;
    }

    /** The time-out of connection draining; none where that is switched off. */
    @Override
    public Duration drainTime() {
        DescribeLoadBalancerAttributesResponse answer = AwsCall.translate(
                ATTRIBUTES,
                () -> reads.get().describeLoadBalancerAttributes(request -> request.loadBalancerName(name())));
        ConnectionDraining draining = answer.loadBalancerAttributes() == null
                ? null
                : answer.loadBalancerAttributes().connectionDraining();
        if (draining == null || draining.enabled() == null) {
            throw AwsCall.incomplete(ATTRIBUTES, "connection draining");
        }
        if (!draining.enabled()) {
            return Duration.ZERO;
        }
        if (draining.timeout() == null) {
            throw AwsCall.incomplete(ATTRIBUTES, "the time-out of connection draining");
        }
        return Duration.ofSeconds(draining.timeout());
    }

    @Override
    public void register(Set<NodeId> ids) {
        if (!ids.isEmpty()) {
            AwsCall.translate(
                    REGISTER,
                    () -> writes.get()
                            .registerInstancesWithLoadBalancer(
                                    request -> request.loadBalancerName(name()).instances(instances(ids))));
        }
    }

    @Override
    public void deregister(Set<NodeId> ids) {
        try {
            if (!ids.isEmpty()) {
                AwsCall.translate(
                        DEREGISTER,
                        () -> writes.get()
                                .deregisterInstancesFromLoadBalancer(request ->
                                        request.loadBalancerName(name()).instances(instances(ids))));
            }
        } catch (CloudException failure) {
            // Who does not exist any more is in nobody's rotation.
            if (failure.kind() != FailureKind.NOT_FOUND) {
                throw failure;
            }
        }
    }

    private String name() {
        return balancer.value();
    }

    /**
     * What a row says. Besides the reason code only the sentence tells an instance that is being taken in, or that lies in a
     * zone without the load balancer, from one that fails its checks. Source: API reference, "InstanceState".
     */
    private static TargetHealth health(InstanceState row) {
        String sentence = row.description() == null ? "" : row.description();
        return switch (row.state()) {
            case "InService" ->
                sentence.contains("deregistration currently in progress")
                        ? new TargetHealth(State.DRAINING, row.reasonCode())
                        : TargetHealth.HEALTHY;
            case "OutOfService" -> new TargetHealth(outOfService(sentence), row.reasonCode());
            case null, default -> new TargetHealth(State.UNKNOWN, row.reasonCode());
        };
    }

    private static State outOfService(String sentence) {
        if (sentence.contains("registration is still in progress") || sentence.contains("has not passed")) {
            return State.INITIAL;
        }
        if (sentence.contains("not configured to route traffic")) {
            return State.UNUSED;
        }
        return sentence.contains("deregistration currently in progress") ? State.DRAINING : State.UNHEALTHY;
    }

    private static List<Instance> instances(Set<NodeId> ids) {
        return ids.stream()
                .sorted()
                .map(id -> Instance.builder().instanceId(id.value()).build())
                .toList();
    }
}
