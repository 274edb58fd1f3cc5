package dev.mainstay.simulation;

import dev.mainstay.cluster.Group.Lifecycle;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * EC2 Auto Scaling: groups that launch what is missing, end what is too many, and replace what has ended. They look around
 * four times a minute. A launch in vain is an activity that failed, and is tried again a minute later.
 */
public final class ScalingGroups {
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);
    private static final NodeId NOBODY = new NodeId("i-none");

    private final WorldSpec spec;
    private final Agenda agenda;
    private final Compute compute;
    private final TargetGroups targetGroups;
    private final Map<GroupName, ScalingGroup> groups = new LinkedHashMap<>();

    ScalingGroups(WorldSpec spec, Agenda agenda, Compute compute, TargetGroups targetGroups) {
        this.spec = spec;
        this.agenda = agenda;
        this.compute = compute;
        this.targetGroups = targetGroups;
        spec.place().groups().forEach(each -> groups.put(each.name(), new ScalingGroup(each)));
        if (!groups.isEmpty()) {
            agenda.after(Duration.ZERO, this::look);
        }
    }

    public Collection<ScalingGroup> all() {
        return Collections.unmodifiableCollection(groups.values());
    }

    public ScalingGroup group(String name) {
        return groups.values().stream()
                .filter(group -> group.spec().name().value().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Refusal.badRequest("ValidationError", "AutoScalingGroup name not found - %s".formatted(name)));
    }

    public void setDesired(String name, int desired) {
        ScalingGroup group = group(name);
        if (desired < group.spec().min() || desired > group.spec().max()) {
            throw Refusal.badRequest(
                    "ValidationError",
                    "New SetDesiredCapacity value %d is outside of %d to %d"
                            .formatted(desired, group.spec().min(), group.spec().max()));
        }
        group.desired = desired;
    }

    public void terminate(NodeId id, boolean shrink) {
        ScalingGroup group = of(id);
        ScalingGroup.Member member = member(group, id);
        if (shrink) {
            shrink(group);
        }
        end(group, member);
    }

    public void enterStandby(String name, NodeId id, boolean shrink) {
        ScalingGroup group = group(name);
        ScalingGroup.Member member = member(group, id);
        if (member.lifecycle != Lifecycle.IN_SERVICE) {
            throw Refusal.badRequest("ValidationError", "The instance %s is not in InService.".formatted(id));
        }
        if (shrink) {
            shrink(group);
        }
        member.lifecycle = Lifecycle.STANDBY;
        group.spec().attached().forEach(target -> targetGroups.deregister(target, List.of(id)));
    }

    public void exitStandby(String name, NodeId id) {
        ScalingGroup group = group(name);
        ScalingGroup.Member member = member(group, id);
        if (member.lifecycle != Lifecycle.STANDBY) {
            throw Refusal.badRequest("ValidationError", "The instance %s is not in Standby.".formatted(id));
        }
        group.desired++;
        serve(group, member);
    }

    /** @param prolong waits once more instead of going on */
    public void hook(String name, String hook, NodeId id, boolean prolong) {
        ScalingGroup group = group(name);
        ScalingGroup.Member member = member(group, id);
        boolean held = member.lifecycle == Lifecycle.PENDING_WAIT || member.lifecycle == Lifecycle.TERMINATING_WAIT;
        if (!held || !hook.equals(group.spec().hook())) {
            throw Refusal.badRequest(
                    "ValidationError", "No active Lifecycle Action found with instance ID %s".formatted(id));
        }
        member.heldUntil = prolong ? agenda.now().plus(group.spec().heartbeat()) : agenda.now();
        if (!prolong) {
            look(group);
        }
    }

    void suspend(GroupName name, String process, Duration until) {
        ScalingGroup group = group(name.value());
        group.suspended.add(process);
        agenda.at(until, () -> group.suspended.remove(process));
    }

    void refresh(GroupName name, Duration until) {
        group(name.value()).refreshingUntil = until;
    }

    private ScalingGroup of(NodeId id) {
        return groups.values().stream()
                .filter(group -> group.members.containsKey(id))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest(
                        "ValidationError",
                        "Instance Id not found - No managed instance found for instance ID %s".formatted(id)));
    }

    private static ScalingGroup.Member member(ScalingGroup group, NodeId id) {
        ScalingGroup.Member member = group.members.get(id);
        if (member == null) {
            throw Refusal.badRequest("ValidationError", "The instance %s is not part of the group".formatted(id));
        }
        return member;
    }

    private static void shrink(ScalingGroup group) {
        if (group.desired - 1 < group.spec().min()) {
            throw Refusal.badRequest(
                    "ValidationError",
                    "Currently, desiredSize equals minSize (%d)"
                            .formatted(group.spec().min()));
        }
        group.desired--;
    }

    private void look() {
        groups.values().forEach(this::look);
        agenda.after(LOOK, this::look);
    }

    private void look(ScalingGroup group) {
        for (ScalingGroup.Member member : List.copyOf(group.members.values())) {
            follow(group, member);
        }
        long missing = group.desired - group.counted();
        if (missing > 0 && !group.suspended.contains("Launch") && agenda.now().compareTo(group.pausedUntil) >= 0) {
            launch(group, (int) missing);
        }
        if (missing < 0 && !group.suspended.contains("Terminate")) {
            group.members.values().stream()
                    .filter(member -> member.lifecycle == Lifecycle.IN_SERVICE)
                    .limit(-missing)
                    .toList()
                    .forEach(member -> end(group, member));
        }
    }

    private void follow(ScalingGroup group, ScalingGroup.Member member) {
        Machine machine = member.machine();
        boolean held = agenda.now().compareTo(member.heldUntil) < 0;
        if (machine.state().dead()) {
            boolean replaced = member.lifecycle.ends() || !group.suspended.contains("ReplaceUnhealthy");
            if (replaced) {
                group.ended(machine.id());
                group.members.remove(machine.id());
            }
            return;
        }
        switch (member.lifecycle) {
            case PENDING -> {
                if (machine.state() == InstanceState.RUNNING) {
                    hold(group, member, Lifecycle.PENDING_WAIT);
                    if (member.lifecycle == Lifecycle.PENDING) {
                        serve(group, member);
                    }
                }
            }
            case PENDING_WAIT -> {
                if (!held) {
                    serve(group, member);
                }
            }
            case TERMINATING_WAIT -> {
                if (!held) {
                    finish(member);
                }
            }
            case IN_SERVICE, STANDBY, TERMINATING, UNKNOWN -> {
                // As it is, until someone or the machine changes that.
            }
        }
    }

    private void launch(ScalingGroup group, int missing) {
        WorldSpec.GroupSpec wanted = group.spec();
        for (int i = 0; i < missing; i++) {
            Zone zone = spec.place().subnets().keySet().stream()
                    .min(Comparator.comparingLong(each -> inZone(group, each)))
                    .orElseThrow();
            TreeMap<String, String> tags =
                    new TreeMap<>(Map.of(Tags.GROUP, wanted.name().value()));
            try {
                Machine born = compute.launch(new LaunchOrder(
                                null,
                                spec.place().template().id(),
                                "$Default",
                                wanted.type(),
                                spec.place().subnets().getOrDefault(zone, ""),
                                wanted.market(),
                                null,
                                null,
                                1,
                                1,
                                tags,
                                new TreeMap<>()))
                        .getFirst();
                group.members.put(born.id(), new ScalingGroup.Member(born));
                group.began(born.id(), "Launching a new EC2 instance: " + born.id(), agenda.now(), "InProgress");
            } catch (Refusal refusal) {
                group.began(
                        NOBODY,
                        "Launching a new EC2 instance.  Status Reason: " + refusal.getMessage(),
                        agenda.now(),
                        "Failed");
                group.pausedUntil = agenda.now().plus(AFTER_REFUSAL);
                return;
            }
        }
    }

    private static long inZone(ScalingGroup group, Zone zone) {
        return group.members.values().stream()
                .filter(member -> member.machine().zone().equals(zone))
                .count();
    }

    private void serve(ScalingGroup group, ScalingGroup.Member member) {
        member.lifecycle = Lifecycle.IN_SERVICE;
        group.ended(member.machine().id());
        group.spec().attached().forEach(target -> targetGroups.register(target, List.of(member.machine())));
    }

    private void end(ScalingGroup group, ScalingGroup.Member member) {
        if (member.lifecycle.ends()) {
            return;
        }
        NodeId id = member.machine().id();
        group.began(id, "Terminating EC2 instance: " + id, agenda.now(), "InProgress");
        member.lifecycle = Lifecycle.TERMINATING;
        group.spec().attached().forEach(target -> targetGroups.deregister(target, List.of(id)));
        hold(group, member, Lifecycle.TERMINATING_WAIT);
        if (member.lifecycle == Lifecycle.TERMINATING) {
            finish(member);
        }
    }

    private void hold(ScalingGroup group, ScalingGroup.Member member, Lifecycle waiting) {
        if (group.spec().hook() != null) {
            member.lifecycle = waiting;
            member.heldUntil = agenda.now().plus(group.spec().heartbeat());
        }
    }

    private void finish(ScalingGroup.Member member) {
        member.lifecycle = Lifecycle.TERMINATING;
        compute.terminate(new ArrayList<>(List.of(member.machine())));
    }
}
