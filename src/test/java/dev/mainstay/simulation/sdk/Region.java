package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** A simulated region under test, with the few calls that most tests make, through the SDK. */
final class Region {
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    final VirtualTime time = new VirtualTime(START);
    final World world;
    final TargetGroup group;
    final SimulatedAws aws;
    final Ec2Client ec2;
    final ElasticLoadBalancingV2Client elb;
    final CloudWatchClient cloudWatch;

    Region(WorldSpec spec) {
        this(spec, CallBoundary.OPEN);
    }

    Region(WorldSpec spec, CallBoundary boundary) {
        world = new World(spec, time);
        group = spec.place().targetGroups().getFirst();
        aws = new SimulatedAws(world, time, boundary);
        ec2 = aws.ec2();
        elb = aws.elasticLoadBalancing();
        cloudWatch = aws.cloudWatch();
    }

    void pass(Duration length) {
        time.run(time.elapsed().plus(length));
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    void passMinutes(long minutes) {
        pass(Duration.ofMinutes(minutes));
    }

    List<String> launch(Market market, String zone, int count) {
        return launch(market, zone, count, _ -> {});
    }

    List<String> launch(Market market, String zone, int count, Consumer<RunInstancesRequest.Builder> more) {
        String subnet = world.spec().place().subnets().get(new Zone(zone));
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .launchTemplate(template -> template.launchTemplateName("web"))
                .subnetId(subnet)
                .minCount(1)
                .maxCount(count);
        if (market == Market.SPOT) {
            request.instanceMarketOptions(options -> options.marketType("spot"));
        }
        more.accept(request);
        return ec2.runInstances(request.build()).instances().stream()
                .map(Instance::instanceId)
                .toList();
    }

    /** Launched, booted, registered and healthy. */
    List<String> serving(Market market, String zone, int count) {
        List<String> ids = launch(market, zone, count);
        passMinutes(2);
        register(ids);
        passMinutes(1);
        return ids;
    }

    void register(Collection<String> ids) {
        elb.registerTargets(request -> request.targetGroupArn(group.value())
                .targets(ids.stream().map(Region::target).toList()));
    }

    void deregister(String id) {
        elb.deregisterTargets(request -> request.targetGroupArn(group.value()).targets(List.of(target(id))));
    }

    void terminate(String id) {
        ec2.terminateInstances(request -> request.instanceIds(id));
    }

    void setCreditMode(String id, CreditMode mode) {
        InstanceCreditSpecificationRequest change = InstanceCreditSpecificationRequest.builder()
                .instanceId(id)
                .cpuCredits(mode.label())
                .build();
        ec2.modifyInstanceCreditSpecification(request -> request.instanceCreditSpecifications(change));
    }

    List<Instance> instances() {
        return ec2.describeInstancesPaginator().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
    }

    Instance instance(String id) {
        return instances().stream()
                .filter(row -> row.instanceId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    String state(String id) {
        return instances().stream()
                .filter(row -> row.instanceId().equals(id))
                .map(row -> row.state().nameAsString())
                .findFirst()
                .orElse("absent");
    }

    SpotInstanceRequest request(String instance) {
        return ec2.describeSpotInstanceRequestsPaginator().spotInstanceRequests().stream()
                .filter(row -> row.instanceId().equals(instance))
                .findFirst()
                .orElseThrow();
    }

    /** The target's state and reason, such as {@code unhealthy Target.Timeout}, or {@code absent}. */
    String health(String id) {
        return elb
                .describeTargetHealth(request -> request.targetGroupArn(group.value()))
                .targetHealthDescriptions()
                .stream()
                .filter(row -> row.target().id().equals(id))
                .map(row -> row.targetHealth())
                .map(health -> health.reason() == null
                        ? health.stateAsString()
                        : health.stateAsString() + " " + health.reasonAsString())
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(), found -> found.isEmpty() ? "absent" : found.getFirst()));
    }

    /** The newest value of the last half hour; null: none. */
    @Nullable
    Double metric(String id, String metric) {
        MetricDataResult result = samples(id, metric);
        return result.values().isEmpty() ? null : result.values().getFirst();
    }

    MetricDataResult samples(String id, String metric) {
        Instant now = START.plus(time.elapsed());
        MetricDataQuery query = MetricDataQuery.builder()
                .id("q0")
                .metricStat(stat -> stat.period(300)
                        .stat("Average")
                        .metric(named -> named.namespace("AWS/EC2")
                                .metricName(metric)
                                .dimensions(Dimension.builder()
                                        .name("InstanceId")
                                        .value(id)
                                        .build())))
                .build();
        return cloudWatch
                .getMetricData(request ->
                        request.startTime(now.minusSeconds(1800)).endTime(now).metricDataQueries(query))
                .metricDataResults()
                .getFirst();
    }

    static TagSpecification tags(String resource, String key, String value) {
        return tags(resource, Map.of(key, value));
    }

    static TagSpecification tags(String resource, Map<String, String> tags) {
        return TagSpecification.builder()
                .resourceType(resource)
                .tags(InstanceRows.tags(tags))
                .build();
    }

    private static TargetDescription target(String id) {
        return TargetDescription.builder().id(id).build();
    }

    static NodeId node(String id) {
        return new NodeId(id);
    }
}
