package dev.mainstay.simulation;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.simulation.Target.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Elastic Load Balancing, both kinds: who is registered where, and what the health checks say. Checks are not run one by one; when a machine begins or
 * ceases to answer, the check that will turn its target is reckoned.
 */
public final class TargetGroups {
    private final WorldSpec spec;
    private final Agenda agenda;
    private final Chance chance;
    private final Runnable rotationChanged;
    private final Map<TargetGroup, Map<NodeId, Target>> groups = new LinkedHashMap<>();
    private @Nullable TargetHealth misjudgement;
    private Duration misjudgedUntil = Duration.ZERO;
    private long registered;
    private long version;

    TargetGroups(WorldSpec spec, Agenda agenda, Chance chance, Runnable rotationChanged) {
        this.spec = spec;
        this.agenda = agenda;
        this.chance = chance;
        this.rotationChanged = rotationChanged;
        spec.place().targetGroups().forEach(group -> groups.put(group, new LinkedHashMap<>()));
    }

    /** Changes whenever a description would. */
    public long version() {
        return version;
    }

    /** The targets of a group, draining ones included, in the order in which they came. */
    public Collection<Target> targets(TargetGroup group) {
        return Collections.unmodifiableCollection(members(group).values());
    }

    /** What DescribeTargetHealth says of a target: a misjudgement, where there is one and it is checked at all. */
    public TargetHealth shown(Target target) {
        return misjudgement != null && target.standing.inService() ? misjudgement : target.health();
    }

    void misjudge(TargetHealth says, Duration until) {
        misjudgement = says;
        misjudgedUntil = until;
        changed();
        agenda.at(until, () -> {
            if (misjudgedUntil.equals(until)) {
                misjudgement = null;
                changed();
            }
        });
    }

    /** Registers machines; all of them must be running, or none is registered. */
    public void register(TargetGroup group, List<Machine> machines) {
        Map<NodeId, Target> members = members(group);
        for (Machine machine : machines) {
            if (machine.state() != InstanceState.RUNNING) {
                throw Refusal.badRequest(
                        group.classic() ? "InvalidInstance" : "InvalidTarget",
                        "%s is %s: only running instances can be registered"
                                .formatted(machine.id(), machine.state().label()));
            }
        }
        for (Machine machine : machines) {
            Target present = members.get(machine.id());
            if (present == null || present.standing == Standing.DRAINING) {
                Target target = new Target(machine, group.classic(), agenda.now(), firstCheck());
                members.remove(machine.id());
                members.put(machine.id(), target);
                agenda.at(target.firstCheck(), () -> {
                    if (target.standing == Standing.REGISTERING) {
                        show(target, Standing.CHECKING);
                    }
                });
                expect(target);
            }
        }
        changed();
    }

    /** Begins to drain these; ids that are not registered are passed over, as ELB does. */
    public void deregister(TargetGroup group, List<NodeId> ids) {
        Map<NodeId, Target> members = members(group);
        for (NodeId id : ids) {
            Target target = members.get(id);
            if (target != null && target.standing != Standing.DRAINING && target.standing != Standing.INVALID) {
                leave(members, target, Standing.DRAINING);
            }
        }
        changed();
    }

    void deregisterEverywhere(Machine machine) {
        groups.keySet().forEach(group -> deregister(group, List.of(machine.id())));
    }

    /**
     * The machines that get traffic: the healthy targets, or all that run where a group has none (fail open), which a
     * classic load balancer does not do.
     */
    public Set<Machine> rotation() {
        Set<Machine> rotation = new LinkedHashSet<>();
        groups.forEach((group, members) -> {
            List<Machine> healthy = new ArrayList<>();
            List<Machine> registeredOnes = new ArrayList<>();
            for (Target target : members.values()) {
                if (target.standing == Standing.HEALTHY) {
                    healthy.add(target.machine());
                }
                if (target.standing.inService()) {
                    registeredOnes.add(target.machine());
                }
            }
            rotation.addAll(healthy.isEmpty() && !group.classic() ? registeredOnes : healthy);
        });
        return rotation;
    }

    /** A machine has begun or ceased to answer, or has ended. */
    void machineChanged(Machine machine) {
        for (Map<NodeId, Target> members : groups.values()) {
            Target target = members.get(machine.id());
            if (target == null || !target.standing.inService()) {
                continue;
            }
            if (machine.state().dead()) {
                leave(members, target, Standing.INVALID);
                changed();
            } else if (machine.answers() != target.answering) {
                expect(target);
            }
        }
    }

    /** Reckons when the checks will turn this target, if they will. */
    private void expect(Target target) {
        WorldSpec.HealthChecks checks = spec.healthChecks();
        boolean answering = target.machine().answers();
        target.answering = answering;
        long expectation = ++target.expectation;
        if (target.standing == (answering ? Standing.HEALTHY : Standing.UNHEALTHY)) {
            return;
        }
        int inARow = answering ? target.checksToBeHealthy(checks) : checks.unhealthyAfter();
        Duration turns = target.checkAtOrAfter(agenda.now(), checks.interval())
                .plus(checks.interval().multipliedBy(inARow - 1L))
                .plus(answering ? Duration.ZERO : checks.timeout());
        agenda.at(turns, () -> {
            if (target.expectation == expectation && target.standing.inService()) {
                show(target, answering ? Standing.HEALTHY : Standing.UNHEALTHY);
            }
        });
    }

    private void show(Target target, Standing standing) {
        target.standing = standing;
        target.wasHealthy |= standing == Standing.HEALTHY;
        Duration lag = spec.healthChecks().lag();
        target.endingConnections = standing == Standing.UNHEALTHY && target.wasHealthy && !lag.isZero();
        if (target.endingConnections) {
            long expectation = target.expectation;
            agenda.after(lag, () -> {
                if (target.expectation == expectation) {
                    target.endingConnections = false;
                    changed();
                }
            });
        }
        changed();
    }

    private void leave(Map<NodeId, Target> members, Target target, Standing standing) {
        target.standing = standing;
        target.expectation++;
        WorldSpec.HealthChecks checks = spec.healthChecks();
        agenda.after(checks.deregistrationDelay().plus(checks.lag()), () -> {
            if (members.remove(target.machine().id(), target)) {
                changed();
            }
        });
    }

    private void changed() {
        version++;
        rotationChanged.run();
    }

    private Map<NodeId, Target> members(TargetGroup group) {
        Map<NodeId, Target> members = groups.get(group);
        if (members == null) {
            throw Refusal.badRequest(
                    group.classic() ? "LoadBalancerNotFound" : "TargetGroupNotFound",
                    "there is no '%s'".formatted(group));
        }
        return members;
    }

    /** ELB's nodes check each target at their own beat. */
    private Duration firstCheck() {
        double share = chance.of("check", ++registered).nextDouble();
        return agenda.now()
                .plus(spec.healthChecks().lag())
                .plusMillis(Math.round(share * spec.healthChecks().interval().toMillis()));
    }
}
