package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static dev.mainstay.cloud.aws.AwsXml.item;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.CloudStage;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Just enough of EC2 and a target group behind the wire for the contracts: rows in, rows out, five to a page. */
final class WiredStage implements CloudStage {
    private static final int PAGE = 5;
    private static final Instant LAUNCHED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Zone ZONE_OF_EVERY_SUBNET = new Zone("us-east-1a");

    private final AwsWire wire;
    private final ClusterSpec spec;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, List<String>> launches = new HashMap<>();
    private final Map<String, Map<String, String>> launchForms = new HashMap<>();
    private final Set<String> targets = new LinkedHashSet<>();
    private final Set<InstanceType> exhausted = new HashSet<>();

    WiredStage(AwsWire wire) {
        this(wire, Specs.blog());
    }

    WiredStage(AwsWire wire, ClusterSpec spec) {
        this.wire = wire;
        this.spec = spec;
        wire.on("DescribeInstances", this::describe);
        wire.on("DescribeInstanceStatus", this::status);
        wire.on("TerminateInstances", this::terminate);
        wire.on("RunInstances", this::run);
        wire.on("RegisterTargets", this::register);
        wire.on("DeregisterTargets", this::deregister);
        wire.on(
                "DescribeTargetHealth",
                call -> xml(AwsXml.targetHealth(targets.stream()
                        .map(id -> AwsXml.target(id, 80, TargetHealth.State.HEALTHY, ""))
                        .toList())));
        wire.on(
                "DescribeTargetGroupAttributes",
                xml(AwsXml.targetGroupAttributes(Map.of("deregistration_delay.timeout_seconds", "30"))));
        wire.on("RegisterInstancesWithLoadBalancer", call -> {
            targets.addAll(call.fields("Instances.member.", ".InstanceId"));
            return xml(AwsXml.query(call.action(), element("Instances", "")));
        });
        wire.on("DeregisterInstancesFromLoadBalancer", call -> {
            call.fields("Instances.member.", ".InstanceId").forEach(targets::remove);
            return xml(AwsXml.query(call.action(), element("Instances", "")));
        });
        wire.on(
                "DescribeInstanceHealth",
                call -> xml(AwsXml.instanceHealth(targets.stream()
                        .map(id -> AwsXml.instanceState(id, "InService", "N/A", "N/A"))
                        .toList())));
        wire.on(
                "DescribeLoadBalancerAttributes",
                xml(AwsXml.classicAttributes(element("Enabled", "true") + element("Timeout", "30"))));
    }

    @Override
    public Cloud cloud() {
        return wire.cloud(spec);
    }

    @Override
    public NodeId running(Pool pool, Market market, Map<String, String> tags) {
        return add(pool, market, InstanceState.RUNNING, tags).id();
    }

    @Override
    public void exhaust(Pool pool) {
        exhausted.add(pool.type());
    }

    private Instance add(Pool pool, Market market, InstanceState state, Map<String, String> tags) {
        NodeId id = new NodeId("i-%017x".formatted(instances.size() + 1));
        Instance added = new Instance(id, pool.type(), pool.zone(), market, state, null, LAUNCHED, null, tags);
        instances.put(id.value(), added);
        return added;
    }

    private AwsWire.Reply describe(AwsWire.Call call) {
        Set<String> values = new HashSet<>(call.fields("Filter.1.Value.", ""));
        List<Instance> found = instances.values().stream()
                .filter(instance -> call.field("Filter.1.Name").equals("instance-id")
                        ? values.contains(instance.id().value())
                        : values.contains(instance.tags().get(Tags.CLUSTER)))
                .toList();
        int from = call.field("NextToken").isEmpty() ? 0 : Integer.parseInt(call.field("NextToken"));
        int to = Math.min(found.size(), from + PAGE);
        List<String> rows = found.subList(from, to).stream().map(AwsXml::row).toList();
        return xml(AwsXml.instances(rows, to < found.size() ? Integer.toString(to) : ""));
    }

    private AwsWire.Reply status(AwsWire.Call call) {
        List<String> ids = call.fields("InstanceId.", "");
        List<String> unknown =
                ids.stream().filter(id -> !instances.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            return notFound(unknown);
        }
        String ok = element("status", "ok");
        return xml(AwsXml.ec2(
                "DescribeInstanceStatus",
                element(
                        "instanceStatusSet",
                        ids.stream()
                                .map(id -> item(element("instanceId", id)
                                        + element("systemStatus", ok)
                                        + element("instanceStatus", ok)))
                                .collect(Collectors.joining()))));
    }

    private AwsWire.Reply terminate(AwsWire.Call call) {
        String id = call.field("InstanceId.1");
        if (!instances.containsKey(id)) {
            return notFound(List.of(id));
        }
        instances.computeIfPresent(id, (_, instance) -> instance.withState(InstanceState.SHUTTING_DOWN));
        return xml(AwsXml.ec2("TerminateInstances", element("instancesSet", "")));
    }

    private AwsWire.Reply run(AwsWire.Call call) {
        String token = call.field("ClientToken");
        Map<String, String> form = new HashMap<>(call.form());
        if (!form.equals(launchForms.getOrDefault(token, form))) {
            return reply(400, AwsXml.ec2Error("IdempotentParameterMismatch", "The token was used before"));
        }
        InstanceType type = new InstanceType(call.field("InstanceType"));
        if (exhausted.contains(type)) {
            return reply(500, AwsXml.ec2Error("InsufficientInstanceCapacity", "There is none"));
        }
        launchForms.put(token, form);
        List<String> ids = launches.computeIfAbsent(token, _ -> {
            List<String> made = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(call.field("MaxCount")); i++) {
                Market market =
                        call.field("InstanceMarketOptions.MarketType").equals("spot") ? Market.SPOT : Market.ON_DEMAND;
                made.add(add(new Pool(type, ZONE_OF_EVERY_SUBNET), market, InstanceState.PENDING, tags(call))
                        .id()
                        .value());
            }
            return made;
        });
        return xml(AwsXml.launched(
                ids.stream().map(instances::get).map(AwsXml::row).toList()));
    }

    private static Map<String, String> tags(AwsWire.Call call) {
        Map<String, String> tags = new HashMap<>();
        List<String> keys = call.fields("TagSpecification.1.Tag.", ".Key");
        List<String> values = call.fields("TagSpecification.1.Tag.", ".Value");
        for (int i = 0; i < keys.size(); i++) {
            tags.put(keys.get(i), values.get(i));
        }
        return tags;
    }

    private AwsWire.Reply register(AwsWire.Call call) {
        targets.addAll(call.fields("Targets.member.", ".Id"));
        return xml(AwsXml.query("RegisterTargets", ""));
    }

    private AwsWire.Reply deregister(AwsWire.Call call) {
        call.fields("Targets.member.", ".Id").forEach(targets::remove);
        return xml(AwsXml.query("DeregisterTargets", ""));
    }

    private static AwsWire.Reply notFound(List<String> ids) {
        return reply(
                400,
                AwsXml.ec2Error(
                        "InvalidInstanceID.NotFound",
                        "The instance IDs '%s' do not exist".formatted(String.join(", ", ids))));
    }
}
