package dev.mainstay.wire;

import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static dev.mainstay.cloud.aws.AwsXml.item;

import dev.mainstay.cloud.aws.AwsWire;
import dev.mainstay.cloud.aws.AwsWire.Call;
import dev.mainstay.cloud.aws.AwsWire.Reply;
import dev.mainstay.cloud.aws.AwsXml;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A region as the usual local AWS-compatible servers play it: one launch template, a subnet in each of three zones and one
 * target group exist. What is launched runs at the next look, every registered running instance is healthy, pages are
 * short, the one spot price is twenty years old, and a filter or an action that is seldom used is answered with a web page.
 * Thread-safe.
 */
public final class WireAws {
    public static final String TEMPLATE = "lt-0123456789abcdef0";
    public static final TargetGroup WEB =
            new TargetGroup("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef");
    public static final Map<Zone, String> SUBNETS = Map.of(
            new Zone("us-east-1a"), "subnet-a", new Zone("us-east-1b"), "subnet-b", new Zone("us-east-1c"), "subnet-c");

    private static final int PAGE = 2;
    private static final Reply WEB_PAGE = reply(
            500,
            "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>");

    private final Habits habits;
    private final Supplier<Instant> clock;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, List<String>> launches = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final Set<String> targets = new LinkedHashSet<>();
    private final Set<String> hung = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, Integer> shownHealthy = new HashMap<>();
    private Duration launchTime = Duration.ZERO;
    private Duration hidden = Duration.ZERO;
    private int peak;
    private int writes;

    public WireAws(AwsWire wire, Habits habits, Supplier<Instant> clock) {
        this.habits = habits;
        this.clock = clock;
        wire.otherwise(call -> WEB_PAGE);
        wire.on("RunInstances", this::run);
        wire.on("TerminateInstances", this::terminate);
        wire.on("DescribeInstances", this::describe);
        wire.on("DescribeInstanceStatus", this::status);
        wire.on("DescribeLaunchTemplateVersions", this::templates);
        wire.on("DescribeSpotPriceHistory", call -> xml(prices(call)));
        wire.on("RegisterTargets", this::register);
        wire.on("DeregisterTargets", this::deregister);
        wire.on("DescribeTargetHealth", this::health);
        wire.on(
                "DescribeTargetGroupAttributes",
                xml(AwsXml.targetGroupAttributes(Map.of("deregistration_delay.timeout_seconds", "300"))));
        wire.on("GetMetricData", call -> xml(noValues(call)));
    }

    /** What has not ended, in the order of launch. */
    public synchronized List<Instance> alive() {
        return instances.values().stream()
                .filter(instance -> !instance.state().dead())
                .toList();
    }

    /** How many instances were ever launched. */
    public synchronized int launched() {
        return instances.size();
    }

    public synchronized Set<NodeId> registered() {
        return targets.stream().map(NodeId::new).collect(Collectors.toSet());
    }

    /** How many calls changed, or would have changed, something. */
    public synchronized int writes() {
        return writes;
    }

    /** Someone terminates it, and it is not the daemon. */
    public synchronized void terminateBehindItsBack(NodeId id) {
        end(id.value());
    }

    /** The tags of everything are lost, so that no search by tag finds it. */
    public synchronized void forgetTags() {
        instances.replaceAll((_, instance) -> new Instance(
                instance.id(),
                instance.type(),
                instance.zone(),
                instance.market(),
                instance.state(),
                instance.stateReason(),
                instance.launchedAt(),
                instance.spotRequest(),
                Map.of()));
    }

    /** From now on it answers no health check. */
    public synchronized void hang(NodeId id) {
        hung.add(id.value());
    }

    public synchronized boolean isHung(NodeId id) {
        return hung.contains(id.value());
    }

    /** For how long what was launched is not listed. */
    public synchronized void hideLaunchesFor(Duration time) {
        hidden = time;
    }

    /** The most that ever lived at once. */
    public synchronized int peak() {
        return peak;
    }

    /** How often it was shown as healthy. */
    public synchronized int shownHealthy(NodeId id) {
        return shownHealthy.getOrDefault(id.value(), 0);
    }

    /** What calls ended, and not somebody behind the caller's back. */
    public synchronized Set<NodeId> endedByCalls() {
        return ended.stream().map(NodeId::new).collect(Collectors.toSet());
    }

    /** How many instances carry an intent beyond the number that one call for it asked for. */
    public synchronized int beyondTheirIntent() {
        Map<String, Integer> made = new HashMap<>();
        instances
                .values()
                .forEach(instance -> made.merge(instance.tags().getOrDefault(Tags.INTENT, ""), 1, Integer::sum));
        return made.entrySet().stream()
                .mapToInt(one -> Math.max(0, one.getValue() - asked.getOrDefault(one.getKey(), 0)))
                .sum();
    }

    /** How long a launch is answered late; the instances exist at once. */
    public synchronized void answerLaunchesAfter(Duration time) {
        launchTime = time;
    }

    private synchronized Reply run(Call call) {
        writes++;
        Zone zone = SUBNETS.entrySet().stream()
                .filter(subnet -> subnet.getValue().equals(call.field("SubnetId")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        if (zone == null || !call.field("LaunchTemplate.LaunchTemplateId").equals(TEMPLATE)) {
            return refused("InvalidParameterValue", "No such subnet or launch template");
        }
        String token = habits.honoursTokens() ? call.field("ClientToken") : "launch " + writes;
        List<String> ids = launches.computeIfAbsent(token, _ -> launch(call, zone));
        peak = Math.max(peak, alive().size());
        String answer = AwsXml.launched(
                ids.stream().map(instances::get).map(AwsXml::row).toList());
        return launchTime.isZero() ? xml(answer) : AwsWire.slow(xml(answer), launchTime);
    }

    private List<String> launch(Call call, Zone zone) {
        boolean spot = call.field("InstanceMarketOptions.MarketType").equals("spot");
        boolean told = spot && habits.tellsSpot();
        asked.put(tags(call).getOrDefault(Tags.INTENT, ""), Integer.parseInt(call.field("MaxCount")));
        return IntStream.range(0, Integer.parseInt(call.field("MaxCount")))
                .mapToObj(_ -> {
                    String id = "i-%017x".formatted(instances.size() + 1);
                    instances.put(
                            id,
                            new Instance(
                                    new NodeId(id),
                                    new InstanceType(call.field("InstanceType")),
                                    zone,
                                    told ? Market.SPOT : Market.ON_DEMAND,
                                    InstanceState.PENDING,
                                    null,
                                    clock.get(),
                                    told ? "sir-%08x".formatted(instances.size() + 1) : null,
                                    tags(call)));
                    return id;
                })
                .toList();
    }

    private static Map<String, String> tags(Call call) {
        List<String> keys = call.fields("TagSpecification.1.Tag.", ".Key");
        List<String> values = call.fields("TagSpecification.1.Tag.", ".Value");
        return IntStream.range(0, keys.size()).boxed().collect(Collectors.toMap(keys::get, values::get));
    }

    private synchronized Reply terminate(Call call) {
        writes++;
        List<String> ids = call.fields("InstanceId.", "");
        if (!instances.keySet().containsAll(ids)) {
            return refused("InvalidInstanceID.NotFound", "The instance IDs '%s' do not exist".formatted(ids));
        }
        alive().stream()
                .map(instance -> instance.id().value())
                .filter(ids::contains)
                .forEach(ended::add);
        ids.forEach(this::end);
        return xml(AwsXml.ec2("TerminateInstances", element("instancesSet", "")));
    }

    private void end(String id) {
        instances.computeIfPresent(id, (_, instance) -> instance.withState(InstanceState.TERMINATED));
    }

    private synchronized Reply describe(Call call) {
        instances.replaceAll((_, instance) ->
                instance.state() == InstanceState.PENDING ? instance.withState(InstanceState.RUNNING) : instance);
        List<Instance> wanted = new ArrayList<>(instances.values());
        wanted.removeIf(instance -> instance.launchedAt().plus(hidden).isAfter(clock.get()));
        for (int i = 1; call.form().containsKey("Filter." + i + ".Name"); i++) {
            String name = call.field("Filter." + i + ".Name");
            List<String> values = call.fields("Filter." + i + ".Value.", "");
            if (name.startsWith("tag:")) {
                wanted.removeIf(instance ->
                        !values.contains(instance.tags().getOrDefault(name.substring("tag:".length()), "")));
            } else if (name.equals("instance-id")) {
                wanted.removeIf(instance -> !values.contains(instance.id().value()));
            } else if (name.equals("instance-state-name")) {
                wanted.removeIf(instance -> !values.contains(instance.state().label()));
            } else {
                return WEB_PAGE;
            }
        }
        int from = call.field("NextToken").isEmpty() ? 0 : Integer.parseInt(call.field("NextToken"));
        int to = Math.min(wanted.size(), from + PAGE);
        return xml(AwsXml.instances(
                wanted.subList(from, to).stream().map(AwsXml::row).toList(),
                to < wanted.size() ? Integer.toString(to) : ""));
    }

    private synchronized Reply status(Call call) {
        String ok = element("status", "ok");
        return xml(AwsXml.ec2(
                "DescribeInstanceStatus",
                element(
                        "instanceStatusSet",
                        call.fields("InstanceId.", "").stream()
                                .filter(id -> instances.containsKey(id)
                                        && instances.get(id).state() == InstanceState.RUNNING)
                                .map(id -> item(element("instanceId", id)
                                        + element("instanceState", element("name", "running"))
                                        + element("systemStatus", ok)
                                        + element("instanceStatus", ok)))
                                .collect(Collectors.joining()))));
    }

    private Reply templates(Call call) {
        if (!call.field("LaunchTemplateId").equals(TEMPLATE)) {
            return refused("InvalidLaunchTemplateId.NotFound", "No such launch template");
        }
        return xml(AwsXml.ec2(
                "DescribeLaunchTemplateVersions",
                element(
                        "launchTemplateVersionSet",
                        item(element("launchTemplateId", TEMPLATE)
                                + element("versionNumber", "1")
                                + element("defaultVersion", "true")
                                + element("launchTemplateData", element("imageId", "ami-1"))))));
    }

    private static String prices(Call call) {
        return AwsXml.ec2(
                "DescribeSpotPriceHistory",
                element(
                        "spotPriceHistorySet",
                        item(element("instanceType", call.field("InstanceType.1"))
                                + element("productDescription", "Linux/UNIX")
                                + element("spotPrice", "0.00001")
                                + element("timestamp", "2006-01-02T15:04:05.000Z")
                                + element("availabilityZone", "us-east-1a"))));
    }

    private synchronized Reply register(Call call) {
        writes++;
        targets.addAll(call.fields("Targets.member.", ".Id"));
        return xml(AwsXml.query("RegisterTargets", ""));
    }

    private synchronized Reply deregister(Call call) {
        writes++;
        call.fields("Targets.member.", ".Id").forEach(targets::remove);
        return xml(AwsXml.query("DeregisterTargets", ""));
    }

    private synchronized Reply health(Call call) {
        if (!call.field("TargetGroupArn").equals(WEB.value())) {
            return reply(400, AwsXml.queryError("TargetGroupNotFound", "One or more target groups not found"));
        }
        return xml(AwsXml.targetHealth(targets.stream().map(this::target).toList()));
    }

    private String target(String id) {
        Instance instance = instances.get(id);
        if (instance != null && instance.state() == InstanceState.RUNNING && hung.contains(id)) {
            return AwsXml.target(id, 80, TargetHealth.State.UNHEALTHY, "Target.FailedHealthChecks");
        }
        if (instance != null && instance.state() == InstanceState.RUNNING) {
            shownHealthy.merge(id, 1, Integer::sum);
            return AwsXml.target(id, 80, TargetHealth.State.HEALTHY, "");
        }
        return AwsXml.target(id, 80, TargetHealth.State.UNUSED, "Target.InvalidState");
    }

    private static String noValues(Call call) {
        return AwsXml.metricData(
                call.fields("MetricDataQueries.member.", ".Id").stream()
                        .map(id -> AwsXml.metric(id, "Complete"))
                        .toList(),
                "");
    }

    private static Reply refused(String code, String message) {
        return reply(400, AwsXml.ec2Error(code, message));
    }
}
