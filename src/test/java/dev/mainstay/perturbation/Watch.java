package dev.mainstay.perturbation;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the world after every call, and says what must not be. */
final class Watch {
    private static final Duration FRESH = Duration.ofMinutes(10);

    /** Whom others take away after we have looked is still there, as far as we know. */
    private static final Duration SEEN = Duration.ofMinutes(2);

    private final List<String> breaches = new ArrayList<>();
    private final Map<NodeId, String> ended = new HashMap<>();
    private final Rehearsal cluster;
    /** What was asked for when the pass under way began; a changed config is for the next one. */
    private ClusterSpec.Capacity asked;

    /** When each was last seen to serve; but those that we took out. */
    private final Map<Machine, Duration> served = new HashMap<>();

    private Set<Machine> rotation = Set.of();
    private Set<NodeId> living = Set.of();

    Watch(Rehearsal cluster) {
        this.cluster = cluster;
        this.asked = cluster.spec().capacity();
    }

    List<String> breaches() {
        return breaches;
    }

    /** Each machine that we ended. */
    List<String> ended() {
        return ended.values().stream().sorted().toList();
    }

    void before(Call call) {
        World world = cluster.world();
        rotation = serving(world);
        rotation.forEach(machine -> served.put(machine, cluster.time().elapsed()));
        if (call.writes()) {
            living = alive(world);
        }
    }

    void after(Call call) {
        if (!call.writes()) {
            return;
        }
        World world = cluster.world();
        int most = Math.max(asked.max(), cluster.spec().capacity().max());
        Set<NodeId> now = alive(world);
        long ours = world.compute().all().stream()
                .filter(machine -> machine.alive() && ours(machine))
                .count();
        if (ours > most && !living.containsAll(now)) {
            breaches.add("%d machines exist after %s, over the maximum of %d".formatted(ours, at(call), most));
        }
        if (call.operation().equals("TerminateInstances")) {
            living.stream().filter(id -> !now.contains(id)).forEach(id -> ended.put(id, ended(world, id, call)));
        }
        service(call, serving(world));
    }

    void judge(Pass pass) {
        asked = cluster.spec().capacity();
        pass.plan().conditions().stream()
                .filter(condition -> condition.name() == ConditionName.PLAN_REFUSED)
                .forEach(condition ->
                        breaches.add("refused at %s: %s".formatted(pass.plan().at(), condition.reason())));
    }

    private void service(Call call, Set<Machine> now) {
        Set<Machine> gone = new HashSet<>(rotation);
        gone.removeAll(now);
        served.keySet().removeAll(gone);
        Set<Machine> left = new HashSet<>(now);
        Duration since = cluster.time().elapsed().minus(SEEN);
        served.forEach((machine, at) -> {
            if (at.compareTo(since) > 0) {
                left.add(machine);
            }
        });
        gone.removeIf(Watch::takenSoon);
        if (gone.isEmpty()) {
            return;
        }
        int floor = Math.min(asked.min(), cluster.spec().capacity().min());
        if (left.size() < floor) {
            breaches.add("%d serve after %s, under the floor of %d".formatted(left.size(), at(call), floor));
        }
        int base = Math.min(asked.onDemandBase(), cluster.spec().capacity().onDemandBase());
        boolean onDemand = gone.stream().anyMatch(machine -> machine.market() == Market.ON_DEMAND);
        long onDemandLeft = left.stream()
                .filter(machine -> machine.market() == Market.ON_DEMAND)
                .count();
        if (onDemand && onDemandLeft < base) {
            breaches.add("%d on-demand serve after %s, under the base of %d".formatted(onDemandLeft, at(call), base));
        }
    }

    private static boolean takenSoon(Machine machine) {
        return machine.doomed();
    }

    private String ended(World world, NodeId id, Call call) {
        Machine machine = world.compute().machine(id).orElseThrow();
        boolean served = rotation.contains(machine);
        if (served) {
            breaches.add("%s served, and was ended by %s".formatted(id, at(call)));
        }
        if (!ours(machine)) {
            breaches.add("%s is not ours, and was ended by %s".formatted(id, at(call)));
        }
        boolean fresh = cluster.time().elapsed().minus(machine.launchedAt()).compareTo(FRESH) < 0;
        return "%s%s".formatted(described(machine, null), fresh ? ", fresh" : "");
    }

    private String at(Call call) {
        return "call %d, %s, at %s"
                .formatted(call.number(), call.operation(), cluster.time().elapsed());
    }

    static boolean ours(Machine machine) {
        return "blog".equals(machine.tags().get(Tags.CLUSTER));
    }

    /** Those that get traffic and answer it. */
    static Set<Machine> serving(World world) {
        Set<Machine> serving = new HashSet<>(world.targetGroups().rotation());
        serving.removeIf(machine -> !machine.answers());
        return serving;
    }

    private static Set<NodeId> alive(World world) {
        Set<NodeId> alive = new HashSet<>();
        for (Machine machine : world.compute().all()) {
            if (machine.alive()) {
                alive.add(machine.id());
            }
        }
        return alive;
    }

    /** @param serving null: that does not matter */
    static String described(Machine machine, @Nullable Boolean serving) {
        var credits = machine.credits();
        return "%s %s %s%s%s%s"
                .formatted(
                        machine.market().label(),
                        machine.tags().get(Tags.ROLE),
                        machine.type(),
                        credits == null || machine.state() != InstanceState.RUNNING
                                ? ""
                                : " " + credits.mode().label(),
                        serving == null ? "" : serving ? ", serves" : ", does not serve",
                        machine.alive() && !machine.answers() ? ", hung" : "");
    }
}
