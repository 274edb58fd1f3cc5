package dev.mainstay.stories;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.LaunchOrder;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Target;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Where a story is played: the daemon's own loop on the simulated AWS, and someone who writes down what happens. */
final class Stage implements AutoCloseable {
    /** How often the world is looked at. Passes come every 30 s, unless a story says otherwise. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final ClusterSpec spec;
    private final Tale tale;
    private final Crash crash = new Crash();
    private final Rehearsal rehearsal;
    private Duration lastPass = Duration.ZERO;
    private int launches;

    Stage(ClusterSpec spec, WorldSpec world, Duration opening) {
        this.spec = spec;
        this.tale = new Tale(opening);
        this.rehearsal = new Rehearsal(spec, world, crash);
        rehearsal.watch(pass -> {
            lastPass = elapsed();
            look();
            tale.heard(elapsed(), pass);
        });
    }

    Tale tale() {
        return tale;
    }

    ClusterSpec spec() {
        return spec;
    }

    Rehearsal rehearsal() {
        return rehearsal;
    }

    Duration elapsed() {
        return rehearsal.time().elapsed();
    }

    void inject(Fault fault) {
        rehearsal.inject(fault);
    }

    /** The same in every Auto Scaling group. */
    void inGroups(Function<GroupName, Fault> fault) {
        rehearsal.world().spec().place().groups().forEach(group -> inject(fault.apply(group.name())));
    }

    /** Someone else launches; with the tags of a supervisor of this cluster, or without any. */
    void launch(int count, Market market, boolean supervised) {
        WorldSpec.Place place = rehearsal.world().spec().place();
        SortedMap<String, String> tags = new TreeMap<>();
        if (supervised) {
            tags.put(Tags.CLUSTER, spec.name().value());
            tags.put(Tags.INTENT, "an-intent-of-another-" + ++launches);
        }
        rehearsal
                .world()
                .compute()
                .launch(new LaunchOrder(
                        null,
                        place.template().id(),
                        "$Default",
                        place.template().type(),
                        place.subnets().values().iterator().next(),
                        market,
                        null,
                        null,
                        count,
                        count,
                        tags,
                        tags));
    }

    /** Someone else puts it into rotation. */
    void register(NodeId node) {
        World world = rehearsal.world();
        Machine machine = world.compute().machine(node).orElseThrow();
        world.spec()
                .place()
                .targetGroups()
                .forEach(group -> world.targetGroups().register(group, List.of(machine)));
    }

    /** The machines that exist, those first that have been there longest. */
    List<Machine> alive() {
        return rehearsal.alive();
    }

    /** In service everywhere. */
    Set<NodeId> serving() {
        World world = rehearsal.world();
        Set<NodeId> serving = new HashSet<>();
        alive().forEach(machine -> serving.add(machine.id()));
        for (TargetGroup group : world.spec().place().targetGroups()) {
            Set<NodeId> healthy = new HashSet<>();
            for (Target target : world.targetGroups().targets(group)) {
                if (target.health().healthy()) {
                    healthy.add(target.machine().id());
                }
            }
            serving.retainAll(healthy);
        }
        return serving;
    }

    /** The daemon dies at the next call of this operation. */
    void crashAt(String operation, boolean afterItTookEffect) {
        crash.operation = operation;
        crash.after = afterItTookEffect;
    }

    void runTo(Duration time) {
        while (elapsed().compareTo(time) < 0) {
            Duration left = time.minus(elapsed());
            rehearsal.run(left.compareTo(LOOK) < 0 ? left : LOOK);
            look();
            Duration silent = elapsed().minus(lastPass);
            if (rehearsal.running() && silent.compareTo(rehearsal.interval().multipliedBy(2)) > 0) {
                tale.trouble("%s: no pass was completed since %s".formatted(Clock.of(elapsed()), Clock.of(lastPass)));
            }
        }
    }

    /** Mainstay was away on purpose. */
    void excuseSilence() {
        lastPass = elapsed();
    }

    /** Mainstay will be away for so long, from one of its next calls on. */
    void excuseSilence(Duration length) {
        lastPass = elapsed().plus(length).plus(rehearsal.interval());
    }

    private void look() {
        tale.saw(elapsed(), new ArrayList<>(rehearsal.world().compute().all()), serving());
    }

    @Override
    public void close() {
        rehearsal.close();
    }

    private static final class Crash implements CallBoundary {
        private String operation = "";
        private boolean after;

        @Override
        public void before(Call call) {
            crash(call, false);
        }

        @Override
        public void after(Call call) {
            crash(call, true);
        }

        private void crash(Call call, boolean edge) {
            if (call.operation().equals(operation) && edge == after) {
                operation = "";
                throw new SimulatedCrash("at " + call.operation());
            }
        }
    }
}
