package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.Balancer;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** {@link Balancer} on one target group of an ELBv2 load balancer. Thread-safe. */
final class TargetGroupBalancer implements Balancer {
    private static final String HEALTH = "DescribeTargetHealth";
    private static final String ATTRIBUTES = "DescribeTargetGroupAttributes";
    private static final String REGISTER = "RegisterTargets";
    private static final String DEREGISTER = "DeregisterTargets";
    private static final String DRAIN_TIME = "deregistration_delay.timeout_seconds";

    /** Which state a node is in that is registered on several ports: the first of these that one of them has. */
    private static final List<State> WORST_FIRST = List.of(
            State.UNHEALTHY,
            State.UNHEALTHY_DRAINING,
            State.DRAINING,
            State.UNUSED,
            State.INITIAL,
            State.UNAVAILABLE,
            State.UNKNOWN,
            State.HEALTHY);

    private final Supplier<ElasticLoadBalancingV2Client> reads;
    private final Supplier<ElasticLoadBalancingV2Client> writes;
    private final TargetGroup group;

    TargetGroupBalancer(
            Supplier<ElasticLoadBalancingV2Client> reads,
            Supplier<ElasticLoadBalancingV2Client> writes,
            TargetGroup group) {
        this.reads = reads;
        this.writes = writes;
        this.group = group;
    }

    @Override
    public TargetGroup targetGroup() {
        return group;
    }

    @Override
    public Map<NodeId, TargetHealth> health() {
        DescribeTargetHealthResponse answer = AwsCall.translate(
                HEALTH, () -> reads.get().describeTargetHealth(request -> request.targetGroupArn(group.value())));
        if (!answer.hasTargetHealthDescriptions()) {
            // An empty list is in the answer; an answer without any list would pass for an empty target group.
            throw AwsCall.incomplete(HEALTH, "a list of targets");
        }
        Map<NodeId, TargetHealth> health = new HashMap<>();
        for (TargetHealthDescription row : answer.targetHealthDescriptions()) {
            String id = row.target() == null ? null : row.target().id();
            if (id == null || id.isBlank()) {
                throw AwsCall.incomplete(HEALTH, "the id of a target");
            }
            health.merge(new NodeId(id), health(row), TargetGroupBalancer::worse);
        }
        return health;
    }

    @Override
    public Duration drainTime() {
        DescribeTargetGroupAttributesResponse answer = AwsCall.translate(
                ATTRIBUTES,
                () -> reads.get().describeTargetGroupAttributes(request -> request.targetGroupArn(group.value())));
        return answer.attributes().stream()
                .filter(attribute -> DRAIN_TIME.equals(attribute.key()))
                .map(TargetGroupAttribute::value)
                .filter(value -> value != null && value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .findFirst()
                .orElseThrow(() -> AwsCall.incomplete(ATTRIBUTES, DRAIN_TIME));
    }

    @Override
    public void register(Set<NodeId> ids) {
        if (!ids.isEmpty()) {
            AwsCall.translate(
                    REGISTER,
                    () -> writes.get()
                            .registerTargets(request ->
                                    request.targetGroupArn(group.value()).targets(targets(ids))));
        }
    }

    @Override
    public void deregister(Set<NodeId> ids) {
        if (!ids.isEmpty()) {
            AwsCall.translate(
                    DEREGISTER,
                    () -> writes.get()
                            .deregisterTargets(request ->
                                    request.targetGroupArn(group.value()).targets(targets(ids))));
        }
    }

    private static TargetHealth health(TargetHealthDescription row) {
        return row.targetHealth() == null
                ? new TargetHealth(State.UNKNOWN, null)
                : new TargetHealth(
                        state(row.targetHealth().stateAsString()),
                        row.targetHealth().reasonAsString());
    }

    private static State state(@Nullable String name) {
        return switch (name) {
            case "initial" -> State.INITIAL;
            case "healthy" -> State.HEALTHY;
            case "unhealthy" -> State.UNHEALTHY;
            case "unused" -> State.UNUSED;
            case "unhealthy.draining" -> State.UNHEALTHY_DRAINING;
            case "draining" -> State.DRAINING;
            case "unavailable" -> State.UNAVAILABLE;
            case null, default -> State.UNKNOWN;
        };
    }

    /** Of two illnesses, the one that is the node's own: the other blames nobody. */
    private static TargetHealth worse(TargetHealth one, TargetHealth other) {
        int order = Integer.compare(WORST_FIRST.indexOf(one.state()), WORST_FIRST.indexOf(other.state()));
        if (order == 0) {
            return one.sick() ? one : other;
        }
        return order < 0 ? one : other;
    }

    private static List<TargetDescription> targets(Set<NodeId> ids) {
        return ids.stream()
                .sorted()
                .map(id -> TargetDescription.builder().id(id.value()).build())
                .toList();
    }
}
