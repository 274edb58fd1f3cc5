package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.Balancer;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cluster.ClusterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

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
        AwsClients clients =
                clientsByRegion.computeIfAbsent(spec.region(), region -> new AwsClients(region, limits, settings));
        return bundle(
                clients.ec2(),
                clients.ec2ForWrites(),
                clients.balancing(),
                clients.balancingForWrites(),
                clients.cloudWatch(),
                spec,
                PAGE_SIZE);
    }

    /** On given clients, which stay the caller's to close. */
    public static Cloud on(
            Ec2Client ec2, ElasticLoadBalancingV2Client balancing, CloudWatchClient cloudWatch, ClusterSpec spec) {
        return on(ec2, balancing, cloudWatch, spec, PAGE_SIZE);
    }

    /** @param pageSize the most rows in a page, 5 to 1000; small ones, so that paging runs where there is little to page */
    public static Cloud on(
            Ec2Client ec2,
            ElasticLoadBalancingV2Client balancing,
            CloudWatchClient cloudWatch,
            ClusterSpec spec,
            int pageSize) {
        return bundle(() -> ec2, () -> ec2, () -> balancing, () -> balancing, () -> cloudWatch, spec, pageSize);
    }

    private static Cloud bundle(
            Supplier<Ec2Client> ec2,
            Supplier<Ec2Client> ec2ForWrites,
            Supplier<ElasticLoadBalancingV2Client> balancing,
            Supplier<ElasticLoadBalancingV2Client> balancingForWrites,
            Supplier<CloudWatchClient> cloudWatch,
            ClusterSpec spec,
            int pageSize) {
        return new Cloud(
                new Ec2Instances(ec2, ec2ForWrites, pageSize),
                new RunInstancesLauncher(ec2ForWrites, new LaunchTemplates(ec2)),
                spec.targetGroups().stream()
                        .<Balancer>map(group -> new TargetGroupBalancer(balancing, balancingForWrites, group))
                        .toList(),
                new CloudWatchCreditMetrics(cloudWatch),
                new Ec2SpotMarket(ec2, pageSize));
    }

    @Override
    public void close() {
        clientsByRegion.values().forEach(AwsClients::close);
        clientsByRegion.clear();
    }
}
