package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Target;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What invariants look at: the simulated world as it really is, the journal as it was made durable, and what was done by
 * hands that are not the daemon's. Not thread-safe, as the world.
 */
final class Scene {
    /** From the end of a false description to the first true one that is remembered. */
    private static final Duration SOON_SEEN_AGAIN = Duration.ofMinutes(2);

    private final ClusterSpec spec;
    private final World world;
    private final VirtualTime time;
    private final WitnessedJournal journal;
    private final Map<NodeId, Duration> disowned = new HashMap<>();
    private final Set<NodeId> undying = new HashSet<>();
    private final Set<NodeId> takenForLost = new HashSet<>();
    private Duration concealedUntil = SOON_SEEN_AGAIN.negated();

    private long machinesVersion = -1;
    private long targetsVersion = -1;
    private List<Machine> ours = List.of();
    private Set<NodeId> inService = Set.of();

    Scene(ClusterSpec spec, World world, VirtualTime time, WitnessedJournal journal) {
        this.spec = spec;
        this.world = world;
        this.time = time;
        this.journal = journal;
    }

    ClusterSpec spec() {
        return spec;
    }

    World world() {
        return world;
    }

    WitnessedJournal journal() {
        return journal;
    }

    /** True time since the start of the world. */
    Duration elapsed() {
        return time.elapsed();
    }

    /** The time as the daemon's wall clock has it. */
    Instant wall() {
        return time.now().wall();
    }

    /** The machines that exist and carry the cluster's tag. */
    List<Machine> ours() {
        look();
        return ours;
    }

    /** Those of ours that get traffic: running, and healthy at every target group. Not to be changed later on. */
    Set<NodeId> inService() {
        look();
        return inService;
    }

    Optional<Machine> machine(NodeId id) {
        return world.compute().machine(id);
    }

    boolean ours(Machine machine) {
        return spec.name().value().equals(machine.tags().get(Tags.CLUSTER));
    }

    /** Someone else takes the cluster's tag off a node. */
    void disowned(NodeId node) {
        disowned.put(node, elapsed());
    }

    /** Whether someone took the cluster's tag off the node no longer ago than this. */
    boolean disownedWithin(NodeId node, Duration past) {
        Duration at = disowned.get(node);
        return at != null && elapsed().minus(at).compareTo(past) <= 0;
    }

    /** From whom someone took the cluster's tag, and who serve all the same: the daemon has not given them up yet. */
    Set<NodeId> servingDisowned() {
        if (disowned.isEmpty()) {
            return Set.of();
        }
        Set<NodeId> serving = healthyEverywhere();
        serving.retainAll(disowned.keySet());
        serving.removeIf(id -> !remembered(id));
        return serving;
    }

    /** Whether the daemon remembers the machine as one that exists. */
    boolean remembered(Machine machine) {
        return remembered(machine.id());
    }

    private boolean remembered(NodeId id) {
        return journal.latest()
                .map(memory -> memory.nodes().get(id))
                .filter(node -> !node.lost())
                .isPresent();
    }

    /** Descriptions leave out until then what exists. */
    void concealing(Duration until) {
        concealedUntil = until.compareTo(concealedUntil) > 0 ? until : concealedUntil;
    }

    /** Whether the daemon took the machine for lost, and rightly so: descriptions concealed machines at the time. */
    boolean takenForLost(Machine machine) {
        boolean concealed = elapsed().minus(concealedUntil).compareTo(SOON_SEEN_AGAIN) < 0;
        if (concealed && !remembered(machine)) {
            takenForLost.add(machine.id());
        }
        return takenForLost.contains(machine.id());
    }

    /** EC2 refuses from now on to terminate the node, whoever asks. */
    void undying(NodeId node) {
        undying.add(node);
    }

    boolean isUndying(NodeId node) {
        return undying.contains(node);
    }

    private void look() {
        long machines = world.compute().version();
        long targets = world.targetGroups().version();
        if (machines == machinesVersion && targets == targetsVersion) {
            return;
        }
        if (machines != machinesVersion) {
            ours = world.compute().all().stream()
                    .filter(machine -> machine.alive() && ours(machine))
                    .toList();
        }
        machinesVersion = machines;
        targetsVersion = targets;
        inService = serving();
    }

    private Set<NodeId> serving() {
        Set<NodeId> healthy = healthyEverywhere();
        return ours.stream().map(Machine::id).filter(healthy::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** Ours or not. */
    private Set<NodeId> healthyEverywhere() {
        Set<NodeId> everywhere = new HashSet<>();
        boolean first = true;
        for (var group : spec.targetGroups()) {
            Set<NodeId> healthy = new HashSet<>();
            for (Target target : world.targetGroups().targets(group)) {
                if (target.health().healthy()) {
                    healthy.add(target.machine().id());
                }
            }
            if (first) {
                everywhere.addAll(healthy);
            } else {
                everywhere.retainAll(healthy);
            }
            first = false;
        }
        return everywhere;
    }
}
