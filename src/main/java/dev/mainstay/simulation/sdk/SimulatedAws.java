package dev.mainstay.simulation.sdk;

import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * The AWS SDK's clients, answered by a {@link World}. Only what Mainstay calls is implemented; any other operation throws
 * {@link UnsupportedOperationException} with its name. What does not run here is the SDK's own pipeline: retries,
 * time-outs, signing, parsing.
 *
 * <p>Not thread-safe: only the holder of the baton of the world's {@link VirtualTime} may call.
 */
public final class SimulatedAws {
    private final Calls calls;
    private final Ec2Client ec2;
    private final ElasticLoadBalancingV2Client balancing;
    private final ElasticLoadBalancingClient classicBalancing;
    private final AutoScalingClient autoScaling;
    private final CloudWatchClient cloudWatch;

    public SimulatedAws(World world, VirtualTime time) {
        this(world, time, CallBoundary.OPEN);
    }

    /** @param boundary sees every call of every client */
    public SimulatedAws(World world, VirtualTime time, CallBoundary boundary) {
        calls = new Calls(world, time, boundary);
        ec2 = Offered.front(Ec2Client.class, new SimulatedEc2(calls));
        balancing = Offered.front(ElasticLoadBalancingV2Client.class, new SimulatedElb(calls));
        classicBalancing = Offered.front(ElasticLoadBalancingClient.class, new SimulatedClassicElb(calls));
        autoScaling = Offered.front(AutoScalingClient.class, new SimulatedAutoScaling(calls));
        cloudWatch = Offered.front(CloudWatchClient.class, new SimulatedCloudWatch(calls));
    }

    public Ec2Client ec2() {
        return ec2;
    }

    public ElasticLoadBalancingV2Client elasticLoadBalancing() {
        return balancing;
    }

    /** Classic load balancers. */
    public ElasticLoadBalancingClient classicBalancing() {
        return classicBalancing;
    }

    public AutoScalingClient autoScaling() {
        return autoScaling;
    }

    public CloudWatchClient cloudWatch() {
        return cloudWatch;
    }

    /** How many calls have been made so far. */
    public long callsMade() {
        return calls.made();
    }

    /** How often calls went out on the wire so far: a read that AWS refuses for a moment is tried up to three times. */
    public long attemptsMade() {
        return calls.attempts();
    }
}
