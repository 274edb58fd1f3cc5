package dev.mainstay.simulation;

import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong: with nodes, with capacity, with AWS's answers, and with the time of the machine that the supervisor
 * runs on. The list is closed: what is not here does not go wrong. Where a fault lasts {@code until}, that is a time since
 * the start of the world.
 */
public sealed interface Fault {
    /** The node's application answers nobody any more; EC2 sees nothing wrong with it. */
    record Hang(NodeId node) implements Fault {}

    /** The node's machine fails: its application answers nobody, and EC2's status checks say so. */
    record Impair(NodeId node) implements Fault {}

    /** The node is well again: its application answers, and its machine is sound. */
    record Recover(NodeId node) implements Fault {}

    /**
     * What every application depends on is down, such as the database: none of them answers, however young.
     *
     * @param zone only the applications there; null: all of them
     */
    record Outage(@Nullable Zone zone, Duration until) implements Fault {}

    /**
     * The launch template gets a new version, which becomes its default.
     *
     * @param broken what is launched from it never answers
     */
    record NewTemplateVersion(boolean broken) implements Fault {}

    /** What is launched until then never answers: the image is broken. */
    record BreakLaunches(Duration until) implements Fault {}

    /** What is launched until then is accepted, and ends by itself before it ever runs. */
    record EndLaunches(Duration until) implements Fault {}

    /** Someone else terminates the node. */
    record TerminateBehindBack(NodeId node) implements Fault {}

    /**
     * EC2 announces that it retires the node's hardware: a scheduled event, and at that time the end of the node.
     *
     * @param at since the start of the world
     */
    record Retire(NodeId node, Duration at) implements Fault {}

    /** Someone else stops the node, which must be on-demand: EC2 stops no one-time spot instance. */
    record Stop(NodeId node) implements Fault {}

    /** Someone else takes the node out of every target group. */
    record Deregister(NodeId node) implements Fault {}

    /** Someone else puts a tag on the node, or with null as the value takes it off. */
    record Tag(NodeId node, String key, @Nullable String value) implements Fault {}

    /** Its Auto Scaling group ends the node, as in an instance refresh, and replaces it. */
    record EndInGroup(NodeId node) implements Fault {}

    /** Someone suspends a process of an Auto Scaling group, such as {@code Launch}. */
    record Suspend(GroupName group, String process, Duration until) implements Fault {}

    /** Someone has an Auto Scaling group replace all of its instances. */
    record Refresh(GroupName group, Duration until) implements Fault {}

    /** EC2 takes the spot node back, with or without a notice ahead. */
    record Interrupt(NodeId node, boolean noticed) implements Fault {}

    /**
     * EC2 takes the spot node back as late as ever, and says so later than it should.
     *
     * @param warning from the notice to the end, less than the usual two minutes
     */
    record InterruptLate(NodeId node, Duration warning) implements Fault {}

    /** EC2 announces that it takes the spot node back, and never does. */
    record NoticeFalsely(NodeId node) implements Fault {}

    /**
     * EC2 has no room for new machines; what runs keeps running.
     *
     * @param zone only there; null: nowhere is room
     * @param market only on that market; null: on both
     */
    record RefuseLaunches(@Nullable Zone zone, @Nullable Market market, Duration until) implements Fault {
        boolean hits(Pool pool, Market asked, Duration now) {
            return now.compareTo(until) < 0
                    && (zone == null || zone.equals(pool.zone()))
                    && (market == null || market == asked);
        }
    }

    /** EC2 refuses to terminate the node, whoever asks: its termination protection is on. */
    record ForbidTermination(NodeId node) implements Fault {}

    /** EC2 accepts every termination, and carries none out before then. */
    record DelayTerminations(Duration until) implements Fault {}

    /**
     * Descriptions of all leave nodes out that exist; whoever asks for them by id is told of them.
     *
     * @param node null: every node that exists now
     */
    record Hide(@Nullable NodeId node, Duration until) implements Fault {}

    /**
     * EC2 has no more machines of a type in a zone, on either market; what runs there keeps running.
     *
     * @param until since the start of the world; from then on launches there succeed again
     */
    record Exhaust(Pool pool, Duration until) implements Fault {}

    /**
     * The load balancer says this of every target that it checks, whatever they answer. Traffic flows on.
     *
     * @param says such as {@code unhealthy} for {@code Elb.InternalError}
     */
    record MisjudgeTargets(TargetHealth says, Duration until) implements Fault {}

    /** CloudWatch spoils what it tells of every node. */
    record SpoilMetrics(MetricsFailure how, Duration until) implements Fault {}

    /**
     * Others in the account make so many calls that little of AWS's limits is left to us.
     *
     * @param left the share of every bucket of tokens, and of what flows into it, above 0 and at most 1
     */
    record CrowdAccount(double left, Duration until) implements Fault {
        /** Refuses what is no share. */
        public CrowdAccount {
            if (!(left > 0 && left <= 1)) {
                throw new IllegalArgumentException("%s of AWS's limits left: above 0 and at most 1".formatted(left));
            }
        }
    }

    /**
     * AWS calls fail for a while, or are answered wrongly.
     *
     * @param operations an operation such as {@code RunInstances}, or the beginning of several, such as {@code Describe*}
     * @param how what the caller sees, and whether the call took effect all the same
     * @param share of the attempts that this happens to, 0 to 1; the seed decides which
     * @param from since the start of the world
     * @param until since the start of the world; from then on calls succeed again
     */
    record FailCalls(String operations, CallFailure how, double share, Duration from, Duration until) implements Fault {
        /** All of them. */
        public FailCalls(String operations, CallFailure how, Duration from, Duration until) {
            this(operations, how, 1, from, until);
        }

        boolean hits(String operation, Duration now) {
            return named(operations, operation) && now.compareTo(from) >= 0 && now.compareTo(until) < 0;
        }
    }

    /**
     * The supervisor's whole process stands still for a while in the middle of a pass: the answer to its next call of these
     * operations is there, and is not read. The world goes on.
     *
     * @param operations as for {@link FailCalls}
     * @param asleep the machine sleeps, so that its monotonic clock stands still too
     */
    record Freeze(String operations, Duration length, boolean asleep) implements Fault {
        boolean hits(String operation) {
            return named(operations, operation);
        }
    }

    /** The supervisor's wall clock is set forward, or back where this is negative; its monotonic clock knows nothing of it. */
    record StepClock(Duration by) implements Fault {}

    /**
     * The supervisor's wall clock is wrong by so much that AWS refuses every signature, until it is set right.
     *
     * @param by forward, or back where negative; AWS bears five minutes
     */
    record SkewClock(Duration by, Duration until) implements Fault {}

    private static boolean named(String operations, String operation) {
        return operations.endsWith("*")
                ? operation.startsWith(operations.substring(0, operations.length() - 1))
                : operation.equals(operations);
    }
}
