package dev.mainstay.cloud.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Clients that someone else made, and closes; one does for reads and writes. */
public record GivenServices(
        Ec2Client ec2Client,
        ElasticLoadBalancingV2Client balancingClient,
        ElasticLoadBalancingClient classicBalancingClient,
        AutoScalingClient autoScalingClient,
        CloudWatchClient cloudWatchClient)
        implements AwsServices {
    @Override
    public Supplier<Ec2Client> ec2() {
        return () -> ec2Client;
    }

    @Override
    public Supplier<Ec2Client> ec2ForWrites() {
        return () -> ec2Client;
    }

    @Override
    public Supplier<ElasticLoadBalancingV2Client> balancing() {
        return () -> balancingClient;
    }

    @Override
    public Supplier<ElasticLoadBalancingV2Client> balancingForWrites() {
        return () -> balancingClient;
    }

    @Override
    public Supplier<ElasticLoadBalancingClient> classicBalancing() {
        return () -> classicBalancingClient;
    }

    @Override
    public Supplier<ElasticLoadBalancingClient> classicBalancingForWrites() {
        return () -> classicBalancingClient;
    }

    @Override
    public Supplier<AutoScalingClient> autoScaling() {
        return () -> autoScalingClient;
    }

    @Override
    public Supplier<AutoScalingClient> autoScalingForWrites() {
        return () -> autoScalingClient;
    }

    @Override
    public Supplier<CloudWatchClient> cloudWatch() {
        return () -> cloudWatchClient;
    }
}
