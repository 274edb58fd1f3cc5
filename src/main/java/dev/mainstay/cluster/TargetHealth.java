package dev.mainstay.cluster;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a target group says of one target.
 *
 * @param reason the load balancer's reason code, such as {@code Target.FailedHealthChecks}
 */
public record TargetHealth(State state, @Nullable String reason) {

    /** The states of DescribeTargetHealth, and {@code UNKNOWN} for one that AWS adds after us. */
    public enum State implements Labelled {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        /** A network load balancer's: it was sick, and its open connections are being ended. Blames nobody yet. */
        UNHEALTHY_DRAINING,
        UNUSED,
        DRAINING,
        UNAVAILABLE,
        UNKNOWN
    }

    /**
     * The reasons for which the node itself can be blamed. Reasons that begin with {@code Elb.} are the load balancer's
     * own, and no node is replaced for them. {@code Instance} is a classic load balancer's word; its others are {@code ELB}
     * and {@code N/A}. Sources: Application Load Balancer guide, "Target health reason codes"; Classic Load Balancer API
     * reference, "InstanceState".
     */
    private static final Set<String> NODE_AT_FAULT =
            Set.of("Target.FailedHealthChecks", "Target.Timeout", "Target.ResponseCodeMismatch", "Instance");

    public static final TargetHealth HEALTHY = new TargetHealth(State.HEALTHY, null);

    public boolean healthy() {
        return state == State.HEALTHY;
    }

    /** Unhealthy for a reason of the node's own. */
    public boolean sick() {
        return state == State.UNHEALTHY && reason != null && NODE_AT_FAULT.contains(reason);
    }

    /** Not judged, because the load balancer does not use it or has trouble of its own: that says nothing of the node. */
    public boolean undecided() {
        return state == State.UNUSED || troubled();
    }

    /** Not judged yet: it gets no traffic, unless it got some before. */
    public boolean initial() {
        return state == State.INITIAL;
    }

    /** Not judged, because the load balancer has trouble of its own: traffic may flow. */
    public boolean troubled() {
        boolean own = reason != null && (reason.startsWith("Elb.") || reason.equals("ELB"));
        return state == State.UNAVAILABLE || state == State.UNHEALTHY && own;
    }
}
