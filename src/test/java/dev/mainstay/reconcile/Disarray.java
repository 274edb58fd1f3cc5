package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.Zone;
import dev.mainstay.credits.CreditAccount;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Withheld;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster that was another one until just now (of another size, base or market), to whose nodes all sorts of things have
 * happened, and what is still out of order in it. Once it is made, nothing more goes wrong.
 */
final class Disarray implements AutoCloseable {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final InstanceType FALLBACK = new InstanceType("t3.small");

    /** Of launches, after five failures. */
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(20);

    /** One node comes, another is drained and goes. */
    private static final Duration SWAP = WorldSpec.Boot.TYPICAL
            .answersTo()
            .plus(WorldSpec.HealthChecks.TYPICAL.deregistrationDelay())
            .plus(PASS.multipliedBy(5));

    private final RandomGenerator random;
    private final Rehearsal rehearsal;
    private final ClusterSpec spec;
    private final ClusterSpec.Capacity capacity;
    private final List<String> told = new ArrayList<>();
    /** So much load that credits ran out. */
    private final boolean exhausting;
    /** Someone else took a node out of rotation. */
    private boolean takenOut;

    Disarray(int desired, int base, Remedy remedy, long world) {
        random = new SplittableRandom(
                Arrays.hashCode(new long[] {desired, base, remedy.name().hashCode(), world}));
        // Only an hour of too much load uses up the credits that a T2 is born with.
        exhausting = random.nextInt(4) == 0;
        // CloudWatch shows the end of the load some minutes later.
        Duration calm = Duration.ofMinutes(exhausting ? 95 : 25);
        WorldSpec region = WorldSpec.calm(world)
                .withApi(new WorldSpec.Api(2, Duration.ofMinutes(random.nextInt(3)), Duration.ZERO))
                .withPlace(WorldSpec.Place.US_EAST_1.withTypes(new TreeMap<>(Map.of(
                        new InstanceType("t2.micro"), 0.0116, new InstanceType("t3.micro"), 0.0104, FALLBACK, 0.0208))))
                .withTraffic(new WorldSpec.Traffic(load(), LoadTrace.constant(0), desired));
        SpecDraft wanted = draft(desired, base, remedy);
        spec = wanted.in(region.place());
        capacity = spec.capacity();
        rehearsal = new Rehearsal(before(desired, remedy).in(region.place()), region);
        told.add("became " + capacity);
        rehearsal.run(Duration.ofMinutes(8));
        goWrong();
        rehearsal.reload(wanted);
        rehearsal.run(calm.minus(rehearsal.time().elapsed()));
    }

    /** Too much at first, perhaps; then ever less than a micro earns credits for. */
    private LoadTrace load() {
        double[] halfHours = new double[96];
        Arrays.fill(halfHours, 1);
        halfHours[0] = exhausting ? 70 + random.nextInt(60) : 1;
        halfHours[1] = halfHours[0];
        return LoadTrace.of(Duration.ofMinutes(37), halfHours);
    }

    private SpecDraft draft(int desired, int base, Remedy remedy) {
        SpecDraft draft = SpecDraft.micro().desired(desired).base(base).remedy(remedy);
        if (remedy == Remedy.PROMOTE) {
            draft.fallbackType(FALLBACK.name());
        }
        switch (random.nextInt(4)) {
            case 0 -> draft.max(desired);
            case 1 -> draft.max(desired + 1);
            default -> {}
        }
        return random.nextInt(4) == 0 ? draft.min(desired) : draft;
    }

    /** What the cluster was before its config was changed. */
    private SpecDraft before(int desired, Remedy remedy) {
        int size = random.nextBoolean() ? desired : 1 + random.nextInt(6);
        SpecDraft draft = draft(size, random.nextInt(size + 1), remedy);
        if (random.nextInt(4) == 0) {
            draft.onDemandOnly();
        }
        told.add("was " + draft.build().capacity());
        return draft;
    }

    private void goWrong() {
        int times = random.nextInt(7);
        for (int i = 0; i < times; i++) {
            rehearsal.run(Duration.ofSeconds(random.nextInt(90)));
            List<Machine> running = rehearsal.alive().stream()
                    .filter(machine -> machine.state() == InstanceState.RUNNING)
                    .toList();
            if (!running.isEmpty()) {
                goWrong(running.get(random.nextInt(running.size())));
            }
        }
    }

    private void goWrong(Machine machine) {
        Duration until = rehearsal.time().elapsed().plusSeconds(random.nextInt(600));
        Zone zone = random.nextInt(3) == 0 ? null : machine.zone();
        Market market = switch (random.nextInt(4)) {
            case 0 -> Market.ON_DEMAND;
            case 1 -> null;
            default -> Market.SPOT;
        };
        inject(
                switch (random.nextInt(8)) {
                    case 0 -> new Fault.Hang(machine.id());
                    case 1 -> new Fault.Impair(machine.id());
                    case 2 -> new Fault.TerminateBehindBack(machine.id());
                    case 3 -> new Fault.Deregister(machine.id());
                    case 4, 5 -> new Fault.RefuseLaunches(zone, market, until);
                    default ->
                        machine.market() == Market.SPOT
                                ? new Fault.Interrupt(machine.id(), random.nextInt(3) > 0)
                                : new Fault.Stop(machine.id());
                });
    }

    private void inject(Fault fault) {
        takenOut |= fault instanceof Fault.Deregister;
        told.add(rehearsal.time().elapsed() + " " + fault);
        rehearsal.inject(fault);
    }

    /** Goes on until {@code order} finds nothing, for so long at most; how long it took. */
    Duration runUntil(Supplier<List<String>> order, Duration most) {
        Duration start = rehearsal.time().elapsed();
        while (!order.get().isEmpty() && rehearsal.time().elapsed().minus(start).compareTo(most) < 0) {
            rehearsal.run(PASS);
        }
        return rehearsal.time().elapsed().minus(start);
    }

    /** The writes of so many passes. */
    List<String> writes(int passes) {
        int before = rehearsal.writes().size();
        rehearsal.run(PASS.multipliedBy(passes));
        return rehearsal.writes().subList(before, rehearsal.writes().size());
    }

    /** What is missing to the capacity that was asked for: all of it in service, the base on-demand. */
    List<String> missing() {
        return missing(room());
    }

    private List<String> missing(boolean base) {
        List<String> found = new ArrayList<>();
        List<Machine> serving = rehearsal.alive().stream()
                .filter(machine -> machine.answers() && rehearsal.serving().contains(machine.id()))
                .toList();
        long onDemand = serving.stream()
                .filter(machine -> machine.market() == Market.ON_DEMAND)
                .count();
        if (serving.size() < capacity.desired()) {
            found.add("%d of %d serve".formatted(serving.size(), capacity.desired()));
        }
        if (base && onDemand < capacity.onDemandBase()) {
            found.add("%d on-demand serve, under the base of %d".formatted(onDemand, capacity.onDemandBase()));
        }
        return found;
    }

    /** What is there and should not be: nodes beyond {@code desired}, stand-ins, and what is not at rest. */
    List<String> misshapen() {
        List<String> found = missing(roomForBase());
        Plan plan = rehearsal.lastPass().plan();
        plan.nodes().stream()
                .filter(node -> node.exists() && !atRest(node))
                .forEach(node -> found.add("%s is %s".formatted(node.id(), node.phase())));
        Set<NodeId> kept = kept();
        List<Machine> alive = rehearsal.alive().stream()
                .filter(machine -> !kept.contains(machine.id()))
                .toList();
        long onDemand = alive.stream()
                .filter(machine -> machine.market() == Market.ON_DEMAND)
                .count();
        if (alive.size() > capacity.desired()) {
            found.add("%d exist, and %d are desired".formatted(alive.size(), capacity.desired()));
        }
        if (room() && onDemand > capacity.onDemandBase()) {
            found.add("%d on-demand still stand in".formatted(onDemand - capacity.onDemandBase()));
        }
        alive.stream()
                .filter(machine -> machine.type().family().equals("t2") && unlimited(machine))
                .forEach(machine -> found.add(machine.id() + " is still unlimited"));
        return found;
    }

    /**
     * The time in which all that is asked for must serve again: the longest of the timers that may run, an hour for each
     * turn of the heal budget that the sick need and one for a canary, the hour for which a node is left to whoever took it
     * out (it may take the room of its replacement), a swap for each node of the base that is not there yet, and a boot and
     * three passes.
     */
    Duration healing() {
        Set<NodeId> sick = rehearsal.alive().stream()
                .filter(machine -> machine.state() == InstanceState.RUNNING && !machine.answers())
                .map(Machine::id)
                .collect(Collectors.toCollection(HashSet::new));
        sick.addAll(givenUp());
        long onDemand = rehearsal.alive().stream()
                .filter(machine -> machine.market() == Market.ON_DEMAND && machine.answers())
                .count();
        Duration timers = Stream.of(
                        LONGEST_BACK_OFF,
                        spec.health().registrationDeadline(),
                        spec.health()
                                .startupGrace()
                                .plus(spec.health().unhealthyAfter().multipliedBy(2)))
                .max(Duration::compareTo)
                .orElseThrow();
        return timers.plus(
                        Duration.ofHours(Math.ceilDiv(sick.size(), spec.guards().healsPerHour())
                                + (sick.size() > 1 ? 1 : 0)
                                + (takenOut ? 1 : 0)))
                .plus(SWAP.multipliedBy(Math.max(0, capacity.onDemandBase() - onDemand)))
                .plus(WorldSpec.Boot.TYPICAL.answersTo())
                .plus(PASS.multipliedBy(3));
    }

    /**
     * The time in which nothing may be left that is there and should not be: the hour for which a node is left to whoever
     * took it out, and a swap for each node that is too many or stands in; an hour for each turn of the heal budget that those
     * need who are given up; where there is no room, an hour until it is made; where credits ran out, the time in which they
     * are earned and what was borrowed is paid back.
     */
    Duration shaping() {
        int heals = Math.ceilDiv(givenUp().size(), spec.guards().healsPerHour());
        return Duration.ofHours((takenOut ? 1 : 0) + (exhausting ? 24 : 0) + (room() ? 0 : 1) + heals)
                .plus(SWAP.multipliedBy(2L * rehearsal.alive().size()));
    }

    /** Whether one may come before another goes. Without, a stand-in that serves stays. */
    private boolean room() {
        return capacity.max() > capacity.desired() + kept().size();
    }

    /** Nodes that are kept for debugging exist, and take room. */
    private Set<NodeId> kept() {
        return nodes(node -> node.phase() == Phase.KEPT_FOR_DEBUGGING);
    }

    private Set<NodeId> givenUp() {
        return nodes(Standing::condemned);
    }

    private Set<NodeId> nodes(Predicate<Standing> which) {
        return rehearsal.lastPass().plan().nodes().stream()
                .filter(which)
                .map(Standing::id)
                .collect(Collectors.toSet());
    }

    /** Whether one may at least go before another comes: for the base that is done. */
    private boolean roomForBase() {
        return room() || capacity.min() < capacity.desired();
    }

    private boolean atRest(Standing node) {
        return switch (node.phase()) {
            case IN_SERVICE, KEPT_FOR_DEBUGGING -> true;
            case CONDEMNED -> !roomForBase() && node.inService();
            default -> false;
        };
    }

    private static boolean unlimited(Machine machine) {
        CreditAccount credits = machine.credits();
        return credits != null && credits.mode() == CreditMode.UNLIMITED;
    }

    /** What it was about, and what is said of it now. */
    String story() {
        Plan plan = rehearsal.lastPass().plan();
        String heldBack = plan.withheld().stream().map(Withheld::toString).collect(Collectors.joining("; "));
        return String.join("; ", told) + "%nheld back: %s%n".formatted(heldBack);
    }

    @Override
    public void close() {
        rehearsal.close();
    }
}
