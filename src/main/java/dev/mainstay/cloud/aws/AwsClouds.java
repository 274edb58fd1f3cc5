package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.Balancer;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.TargetGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * What each cluster asks of AWS, through the adapters. Clusters of one region share their clients. Thread-safe. Making a
 * {@link Cloud} calls nobody and cannot fail for want of credentials or an endpoint: that is told by the first call.
 */
public final class AwsClouds implements AutoCloseable {
    /** The most that DescribeInstances, and its kin, put into a page. Source: EC2 API reference. */
    private static final int PAGE_SIZE = 1_000;

    private final Map<String, AwsClients> clientsByRegion = new ConcurrentHashMap<>();
    private final CallLimits limits;
    private final Consumer<AwsClientBuilder<?, ?>> settings;

    /** On the SDK's standard chains. */
    public AwsClouds() {
        this(CallLimits.STANDARD, standardChains -> {});
    }

    AwsClouds(CallLimits limits, Consumer<AwsClientBuilder<?, ?>> settings) {
        this.limits = limits;
        this.settings = settings;
    }

    /** For the cluster's region. */
    public Cloud cloud(ClusterSpec spec) {
        return bundle(
                clientsByRegion.computeIfAbsent(spec.region(), region -> new AwsClients(region, limits, settings)),
                spec,
                PAGE_SIZE);
    }

    /** On given clients, which stay the caller's to close. */
    public static Cloud on(GivenServices services, ClusterSpec spec) {
        return on(services, spec, PAGE_SIZE);
    }

    /** @param pageSize the most rows in a page, 5 to 1000; small ones, so that paging runs where there is little to page */
    public static Cloud on(GivenServices services, ClusterSpec spec, int pageSize) {
        return bundle(services, spec, pageSize);
    }

    private static Cloud bundle(AwsServices services, ClusterSpec spec, int pageSize) {
        return new Cloud(
                new Ec2Instances(services.ec2(), services.ec2ForWrites(), pageSize, Membership.of(spec)),
                launcher(services, spec.launch().by()),
                spec.targetGroups().stream()
                        .map(group -> balancer(services, group))
                        .toList(),
                new CloudWatchCreditMetrics(services.cloudWatch()),
                new Ec2SpotMarket(services.ec2(), pageSize),
                new AutoScalingGroups(services.autoScaling(), services.autoScalingForWrites()));
    }

    private static Launcher launcher(AwsServices services, LaunchBy by) {
        LaunchTemplates templates = new LaunchTemplates(services.ec2());
        return switch (by) {
            case RUN_INSTANCES -> new RunInstancesLauncher(services.ec2ForWrites(), templates);
            case FLEET -> new FleetLauncher(services.ec2ForWrites(), templates);
        };
    }

    private static Balancer balancer(AwsServices services, TargetGroup group) {
        return group.classic()
                ? new ClassicBalancer(services.classicBalancing(), services.classicBalancingForWrites(), group)
                : new TargetGroupBalancer(services.balancing(), services.balancingForWrites(), group);
    }

    @Override
    public void close() {
        clientsByRegion.values().forEach(AwsClients::close);
        clientsByRegion.clear();
    }
}
