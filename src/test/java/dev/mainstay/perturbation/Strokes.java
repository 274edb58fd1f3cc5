package dev.mainstay.perturbation;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.LaunchOrder;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.World;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** EC2 or other people do something to a node, once. */
final class Strokes implements Interference {
    /** After its launch somebody's own node is put into rotation. */
    private static final Duration STARTED = Duration.ofSeconds(40);

    private final Stroke stroke;
    private Rehearsal cluster;

    Strokes(Stroke stroke) {
        this.stroke = stroke;
    }

    @Override
    public void attach(Rehearsal playing) {
        cluster = playing;
    }

    @Override
    public void after(Call call) {
        if (call.number() != stroke.call()) {
            return;
        }
        if (stroke.deed() == Stroke.Deed.ADD) {
            add();
            return;
        }
        Machine victim = cluster.alive().get(stroke.victim());
        NodeId id = victim.id();
        cluster.inject(
                switch (stroke.deed()) {
                    case INTERRUPT -> new Fault.Interrupt(id, true);
                    case TERMINATE, ADD -> new Fault.TerminateBehindBack(id);
                    case STOP -> new Fault.Stop(id);
                    case DEREGISTER -> new Fault.Deregister(id);
                    case UNTAG -> new Fault.Tag(id, Tags.CLUSTER, null);
                });
    }

    private void add() {
        World world = cluster.world();
        WorldSpec.Place place = world.spec().place();
        NodeId theirs = world.compute()
                .launch(new LaunchOrder(
                        null,
                        place.template().id(),
                        "$Default",
                        place.template().type(),
                        place.subnets().values().iterator().next(),
                        Market.ON_DEMAND,
                        null,
                        null,
                        1,
                        1,
                        new TreeMap<>(),
                        new TreeMap<>()))
                .getFirst()
                .id();
        cluster.time().at(cluster.time().elapsed().plus(STARTED), () -> register(theirs));
    }

    private void register(NodeId theirs) {
        World world = cluster.world();
        Machine machine = world.compute().machine(theirs).orElseThrow();
        world.spec()
                .place()
                .targetGroups()
                .forEach(group -> world.targetGroups().register(group, List.of(machine)));
    }

    /**
     * Whether the deed can be done to such a node.
     *
     * @param others how many nodes there are beside it: where most lose their tags at once it was nobody's wish
     */
    static boolean possible(Stroke.Deed deed, Machine machine, int others) {
        return switch (deed) {
            case INTERRUPT -> machine.market() == Market.SPOT && !machine.doomed();
            case STOP -> machine.market() == Market.ON_DEMAND && machine.state() == InstanceState.RUNNING;
            case UNTAG -> others > 0;
            case TERMINATE, DEREGISTER, ADD -> true;
        };
    }
}
