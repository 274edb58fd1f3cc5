package dev.mainstay.simulation;

import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.TargetHealth.State;
import java.time.Duration;

/** A machine in one target group. Kept by {@link TargetGroups}; times are since the start of the world. */
public final class Target {
    private static final TargetHealth REGISTERING = new TargetHealth(State.INITIAL, "Elb.RegistrationInProgress");
    private static final TargetHealth CHECKING = new TargetHealth(State.INITIAL, "Elb.InitialHealthChecking");
    private static final TargetHealth LATE = new TargetHealth(State.UNHEALTHY, "Target.Timeout");
    private static final TargetHealth FAILING = new TargetHealth(State.UNHEALTHY, "Target.FailedHealthChecks");
    private static final TargetHealth DRAINING = new TargetHealth(State.DRAINING, "Target.DeregistrationInProgress");
    private static final TargetHealth INVALID = new TargetHealth(State.UNUSED, "Target.InvalidState");

    private static final TargetHealth ENDING_CONNECTIONS =
            new TargetHealth(State.UNHEALTHY_DRAINING, "Target.FailedHealthChecks");

    private final Machine machine;
    private final boolean classic;
    private final Duration registeredAt;
    private final Duration firstCheck;

    Standing standing = Standing.REGISTERING;
    boolean wasHealthy;
    /** A network load balancer ends its connections first, and calls it unhealthy then. */
    boolean endingConnections;
    /** What was true of its machine when its next turn was reckoned. */
    boolean answering;
    /** Distinguishes the turn that is expected from those that were. */
    long expectation;

    enum Standing {
        REGISTERING,
        CHECKING,
        HEALTHY,
        UNHEALTHY,
        DRAINING,
        INVALID;

        /** Whether it is checked, and would get traffic where nobody is healthy. */
        boolean inService() {
            return switch (this) {
                case REGISTERING, CHECKING, HEALTHY, UNHEALTHY -> true;
                case DRAINING, INVALID -> false;
            };
        }
    }

    Target(Machine machine, boolean classic, Duration registeredAt, Duration firstCheck) {
        this.machine = machine;
        this.classic = classic;
        this.registeredAt = registeredAt;
        this.firstCheck = firstCheck;
    }

    public Machine machine() {
        return machine;
    }

    public Duration registeredAt() {
        return registeredAt;
    }

    /** What DescribeTargetHealth says of it. One that hangs or is too slow times out; one that still boots refuses. */
    public TargetHealth health() {
        return switch (standing) {
            case REGISTERING -> REGISTERING;
            case CHECKING -> CHECKING;
            case HEALTHY -> TargetHealth.HEALTHY;
            case UNHEALTHY -> endingConnections ? ENDING_CONNECTIONS : wasHealthy ? LATE : FAILING;
            case DRAINING -> DRAINING;
            case INVALID -> INVALID;
        };
    }

    /** How many good checks in a row it needs: a new target just one, except at a classic load balancer. */
    int checksToBeHealthy(WorldSpec.HealthChecks checks) {
        return wasHealthy || classic ? checks.healthyAfter() : 1;
    }

    Duration firstCheck() {
        return firstCheck;
    }

    Duration checkAtOrAfter(Duration time, Duration interval) {
        long late = time.minus(firstCheck).toMillis();
        return late <= 0 ? firstCheck : firstCheck.plus(interval.multipliedBy(Math.ceilDiv(late, interval.toMillis())));
    }
}
