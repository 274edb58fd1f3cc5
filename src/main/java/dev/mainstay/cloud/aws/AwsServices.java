package dev.mainstay.cloud.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * The services of one region. Each is asked for only when it is called; those for writes do not repeat a call by
 * themselves.
 */
interface AwsServices {
    Supplier<Ec2Client> ec2();

    Supplier<Ec2Client> ec2ForWrites();

    /** Target groups. */
    Supplier<ElasticLoadBalancingV2Client> balancing();

    Supplier<ElasticLoadBalancingV2Client> balancingForWrites();

    /** Classic load balancers. */
    Supplier<ElasticLoadBalancingClient> classicBalancing();

    Supplier<ElasticLoadBalancingClient> classicBalancingForWrites();

    Supplier<AutoScalingClient> autoScaling();

    Supplier<AutoScalingClient> autoScalingForWrites();

    Supplier<CloudWatchClient> cloudWatch();
}
