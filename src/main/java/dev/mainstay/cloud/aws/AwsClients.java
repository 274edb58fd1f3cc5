package dev.mainstay.cloud.aws;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The clients for one region, each made when it is first used: a loaded service costs memory, and a mistake in the
 * environment must be a failed call and not a failed start. The SDK's standard chains find credentials and endpoint
 * ({@code AWS_ENDPOINT_URL} and the like).
 *
 * <p>Reads and writes have clients of their own, since the SDK sets retries per client. Reads are retried in the SDK's
 * standard way. Writes are never: a launch that timed out may have happened, and whether to send it again is decided where
 * that is known.
 */
final class AwsClients implements AwsServices, AutoCloseable {
    private final Region region;
    private final CallLimits limits;
    private final Consumer<AwsClientBuilder<?, ?>> settings;
    private final Lazy<SdkHttpClient> http;
    private final Lazy<Ec2Client> ec2;
    private final Lazy<Ec2Client> ec2ForWrites;
    private final Lazy<ElasticLoadBalancingV2Client> balancing;
    private final Lazy<ElasticLoadBalancingV2Client> balancingForWrites;
    private final Lazy<ElasticLoadBalancingClient> classicBalancing;
    private final Lazy<ElasticLoadBalancingClient> classicBalancingForWrites;
    private final Lazy<AutoScalingClient> autoScaling;
    private final Lazy<AutoScalingClient> autoScalingForWrites;
    private final Lazy<CloudWatchClient> cloudWatch;

    /** @param settings what differs from the standard chains, if anything */
    AwsClients(String region, CallLimits limits, Consumer<AwsClientBuilder<?, ?>> settings) {
        this.region = Region.of(region);
        this.limits = limits;
        this.settings = settings;
        this.http = new Lazy<>(() -> UrlConnectionHttpClient.builder()
                .connectionTimeout(limits.connect())
                .socketTimeout(limits.attempt())
                .build());
        this.ec2 = new Lazy<>(() -> build(Ec2Client.builder(), retrying()));
        this.ec2ForWrites = new Lazy<>(() -> build(Ec2Client.builder(), AwsRetryStrategy.doNotRetry()));
        this.balancing = new Lazy<>(() -> build(ElasticLoadBalancingV2Client.builder(), retrying()));
        this.balancingForWrites =
                new Lazy<>(() -> build(ElasticLoadBalancingV2Client.builder(), AwsRetryStrategy.doNotRetry()));
        this.classicBalancing = new Lazy<>(() -> build(ElasticLoadBalancingClient.builder(), retrying()));
        this.classicBalancingForWrites =
                new Lazy<>(() -> build(ElasticLoadBalancingClient.builder(), AwsRetryStrategy.doNotRetry()));
        this.autoScaling = new Lazy<>(() -> build(AutoScalingClient.builder(), retrying()));
        this.autoScalingForWrites = new Lazy<>(() -> build(AutoScalingClient.builder(), AwsRetryStrategy.doNotRetry()));
        this.cloudWatch = new Lazy<>(() -> build(CloudWatchClient.builder(), retrying()));
    }

    @Override
    public Supplier<Ec2Client> ec2() {
        return ec2;
    }

    @Override
    public Supplier<Ec2Client> ec2ForWrites() {
        return ec2ForWrites;
    }

    @Override
    public Supplier<ElasticLoadBalancingV2Client> balancing() {
        return balancing;
    }

    @Override
    public Supplier<ElasticLoadBalancingV2Client> balancingForWrites() {
        return balancingForWrites;
    }

    @Override
    public Supplier<ElasticLoadBalancingClient> classicBalancing() {
        return classicBalancing;
    }

    @Override
    public Supplier<ElasticLoadBalancingClient> classicBalancingForWrites() {
        return classicBalancingForWrites;
    }

    @Override
    public Supplier<AutoScalingClient> autoScaling() {
        return autoScaling;
    }

    @Override
    public Supplier<AutoScalingClient> autoScalingForWrites() {
        return autoScalingForWrites;
    }

    @Override
    public Supplier<CloudWatchClient> cloudWatch() {
        return cloudWatch;
    }

    @Override
    public void close() {
        for (Lazy<? extends SdkAutoCloseable> client : List.of(
                ec2,
                ec2ForWrites,
                balancing,
                balancingForWrites,
                classicBalancing,
                classicBalancingForWrites,
                autoScaling,
                autoScalingForWrites,
                cloudWatch,
                http)) {
            client.ifMade(SdkAutoCloseable::close);
        }
    }

    private RetryStrategy retrying() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(limits.readAttempts())
                .build();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
            B builder, RetryStrategy retries) {
        try {
            builder.region(region)
                    .httpClient(http.get())
                    .overrideConfiguration(override -> override.apiCallAttemptTimeout(limits.attempt())
                            .apiCallTimeout(limits.call())
                            .retryStrategy(retries)
                            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, "mainstay"));
            settings.accept(builder);
            return builder.build();
        } catch (RuntimeException failure) {
            throw AwsErrors.ofSetup(failure);
        }
    }
}
