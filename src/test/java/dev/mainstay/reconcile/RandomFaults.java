package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Standing;
import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.simulation.trace.PriceTrace;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** One random history: its cluster, its world, what goes wrong in it, and what was wrong with what we did. */
final class RandomFaults implements AutoCloseable {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Duration FAULTS = Duration.ofHours(3);
    private static final Duration SETTLED = Duration.ofHours(8);
    private static final List<Zone> ZONES =
            List.of(new Zone("us-east-1a"), new Zone("us-east-1b"), new Zone("us-east-1c"));
    private static final List<String> OPERATIONS = List.of(
            "*",
            "Describe*",
            "DescribeInstances",
            "DescribeTargetHealth",
            "DescribeInstanceStatus",
            "DescribeSpot*",
            "GetMetricData",
            "RunInstances",
            "RunInstances",
            "TerminateInstances",
            "RegisterTargets",
            "DeregisterTargets");
    private static final List<CallFailure> FAILURES = List.of(
            CallFailure.THROTTLED,
            CallFailure.DENIED,
            new CallFailure.Answer("InternalError", 500),
            new CallFailure.Unreachable(),
            new CallFailure.AnswerLost());
    /** desired, min, max, base */
    private static final int[][] CAPACITIES = {
        {4, 2, 8, 1},
        {4, 4, 8, 1},
        {4, 2, 4, 1},
        {4, 4, 4, 1},
        {1, 1, 2, 1},
        {1, 1, 1, 1},
        {2, 1, 3, 0},
        {3, 2, 5, 3},
        {6, 3, 7, 2},
        {8, 4, 16, 1},
        {5, 3, 10, 0},
        {2, 2, 3, 2},
        {4, 2, 5, 4}
    };

    private final RandomGenerator random;
    private final ClusterSpec spec;
    private final Rehearsal rehearsal;
    private final Crashes crashes;
    private final Set<NodeId> hung = new HashSet<>();
    private final Set<NodeId> endedByOthers = new HashSet<>();
    private final Bounds bounds;
    private final List<String> told = new ArrayList<>();
    private final int longestCalm;
    /** More load now and then than the nodes can bear. */
    private final boolean busy;

    private int checked;

    RandomFaults(long seed) {
        this.random = new SplittableRandom(seed);
        this.longestCalm = 60 + random.nextInt(600);
        this.crashes = new Crashes(random);
        this.busy = random.nextInt(3) == 0;
        WorldSpec calm = WorldSpec.calm(seed);
        WorldSpec.SpotRules spot =
                WorldSpec.SpotRules.CALM.withMissingNotices(0.3).withCapacities(capacities());
        WorldSpec world = calm.withApi(new WorldSpec.Api(2, Duration.ofMinutes(random.nextInt(4)), Duration.ZERO))
                .withHealthChecks(
                        calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1L + random.nextInt(3))))
                .withSpot(random.nextInt(3) == 0 ? spot.withPrices(prices()) : spot);
        ClusterSpec drawn = spec(seed, world);
        int desired = drawn.capacity().desired();
        this.spec = drawn;
        this.bounds = new Bounds(drawn);
        this.rehearsal = new Rehearsal(
                drawn,
                world.withTraffic(
                        new WorldSpec.Traffic(busy ? load() : LoadTrace.constant(5), LoadTrace.constant(0), desired)),
                crashes);
    }

    /** For three hours, prices that cross on-demand and come back; then low ones for days. */
    private SortedMap<Pool, PriceTrace> prices() {
        SortedMap<Pool, PriceTrace> prices = new TreeMap<>();
        for (Zone zone : ZONES) {
            Pool pool = new Pool(Specs.T2_MICRO, zone);
            SortedMap<Duration, Double> changes = new TreeMap<>();
            for (Duration at = Duration.ZERO; at.compareTo(FAULTS) < 0; at = at.plusMinutes(5 + random.nextInt(40))) {
                changes.put(at, 0.0116 * (0.2 + 1.3 * random.nextDouble()));
            }
            changes.put(FAULTS, 0.0116 * 0.3);
            prices.put(pool, PriceTrace.of(pool, changes, Duration.ofDays(9)));
        }
        return prices;
    }

    /** For three hours, more than a node can bear now and then; then little. */
    private LoadTrace load() {
        double[] percent = new double[3 * 24 * 3];
        for (int i = 0; i < percent.length; i++) {
            percent[i] = i < 9 ? random.nextInt(130) : 4;
        }
        return LoadTrace.of(Duration.ofMinutes(20), percent);
    }

    /** What it was about, and what went wrong when. */
    String story() {
        return spec.capacity() + (spec.spot().isEmpty() ? ", all on-demand: " : ": ") + String.join("; ", told);
    }

    private static ClusterSpec spec(long seed, WorldSpec world) {
        int[] row = CAPACITIES[(int) (seed % CAPACITIES.length)];
        ClusterSpec micro =
                Specs.micro(new ClusterSpec.Capacity(row[0], row[1], row[2], row[3], List.of(Specs.T2_MICRO), false));
        return Specs.in(seed % 4 == 3 ? Specs.onDemandOnly(micro) : micro, world.place());
    }

    /** In each zone, room that comes and goes for three hours, and room for all ever after. */
    private SortedMap<Zone, CapacityTrace> capacities() {
        SortedMap<Zone, CapacityTrace> capacities = new TreeMap<>();
        for (Zone zone : ZONES) {
            int[] room = new int[9 * 40];
            for (int i = 0; i < room.length; i++) {
                room[i] = i >= 9 || random.nextInt(3) > 0 ? 20 : random.nextInt(3);
            }
            capacities.put(zone, CapacityTrace.of(zone, Duration.ofMinutes(20), room));
        }
        return capacities;
    }

    void goWrong() {
        while (rehearsal.time().elapsed().compareTo(FAULTS) < 0) {
            run(Duration.ofSeconds(30 + random.nextInt(longestCalm)));
            goWrongOnce();
        }
    }

    private void goWrongOnce() {
        List<Machine> alive = rehearsal.alive();
        Duration now = rehearsal.time().elapsed();
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                hung.removeIf(
                        id -> alive.stream().noneMatch(machine -> machine.id().equals(id)));
                if (!alive.isEmpty() && hung.isEmpty()) {
                    NodeId id = pick(alive).id();
                    hung.add(id);
                    inject(new Fault.Hang(id));
                }
            }
            case 2 -> {
                if (!alive.isEmpty()) {
                    inject(new Fault.Impair(pick(alive).id()));
                }
            }
            case 3 -> {
                if (!alive.isEmpty()) {
                    inject(new Fault.TerminateBehindBack(pick(alive).id()));
                }
            }
            case 4, 5 ->
                inject(new Fault.FailCalls(
                        pick(OPERATIONS), pick(FAILURES), now, now.plusSeconds(30 + random.nextInt(300))));
            case 6 ->
                inject(new Fault.Exhaust(new Pool(Specs.T2_MICRO, pick(ZONES)), now.plusSeconds(random.nextInt(1800))));
            default -> {
                crashes.in = 1 + random.nextInt(40);
                told.add(now + " crash in " + crashes.in + " calls");
            }
        }
    }

    private void inject(Fault fault) {
        told.add(rehearsal.time().elapsed() + " " + fault);
        if (fault instanceof Fault.TerminateBehindBack by) {
            endedByOthers.add(by.node());
        }
        rehearsal.inject(fault);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    void settle() {
        crashes.in = 0;
        // What credits ran out of takes hours to be earned.
        run(busy ? SETTLED.multipliedBy(2) : SETTLED);
        for (int hour = 0; hour < 24 && borrowing(); hour++) {
            run(Duration.ofHours(1));
        }
    }

    /** Whether a node is still in unlimited mode: what it owes is paid back over hours. */
    private boolean borrowing() {
        return rehearsal.alive().stream()
                .map(Machine::credits)
                .anyMatch(credits -> credits != null && credits.mode() == CreditMode.UNLIMITED);
    }

    /** What is not as it was asked for. */
    List<String> shortcomings() {
        List<String> found = new ArrayList<>();
        ClusterSpec.Capacity capacity = spec.capacity();
        Set<NodeId> kept = rehearsal.lastPass().plan().nodes().stream()
                .filter(node -> node.phase() == Phase.KEPT_FOR_DEBUGGING)
                .map(Standing::id)
                .collect(Collectors.toSet());
        List<Machine> alive = rehearsal.alive().stream()
                .filter(machine -> !kept.contains(machine.id()))
                .toList();
        int serving = rehearsal.serving().size();
        long onDemand = alive.stream()
                .filter(machine -> machine.market() == Market.ON_DEMAND)
                .count();
        if (serving != capacity.desired() || alive.size() != capacity.desired()) {
            found.add(
                    "%d serve and %d exist, where %d are desired".formatted(serving, alive.size(), capacity.desired()));
        }
        if (onDemand < capacity.onDemandBase()) {
            found.add("%d on-demand, under the base".formatted(onDemand));
        }
        if (spec.spot().isPresent() && capacity.max() > capacity.desired() && onDemand > capacity.onDemandBase()) {
            found.add("%d on-demand still stand in".formatted(onDemand - capacity.onDemandBase()));
        }
        return found;
    }

    List<String> writesOfAnHour() {
        int before = rehearsal.writes().size();
        run(Duration.ofHours(1));
        return rehearsal.writes().subList(before, rehearsal.writes().size());
    }

    List<String> breaches() {
        return bounds.breaches();
    }

    private void run(Duration length) {
        Duration end = rehearsal.time().elapsed().plus(length);
        while (rehearsal.time().elapsed().compareTo(end) < 0) {
            rehearsal.run(PASS);
            check();
        }
    }

    private void check() {
        rehearsal.passes().subList(checked, rehearsal.passes().size()).forEach(bounds::judge);
        checked = rehearsal.passes().size();
        bounds.judge(
                rehearsal.world().compute().all(),
                endedByOthers,
                rehearsal.time().elapsed());
    }

    @Override
    public void close() {
        rehearsal.close();
    }

    /** Crashes the daemon at one edge of a call to come. */
    private static final class Crashes implements CallBoundary {
        private final RandomGenerator random;
        int in;

        Crashes(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public void before(Call call) {
            if (in > 0 && random.nextBoolean()) {
                count(call);
            }
        }

        @Override
        public void after(Call call) {
            if (in > 0) {
                count(call);
            }
        }

        private void count(Call call) {
            if (--in == 0) {
                throw new SimulatedCrash("at " + call.operation());
            }
        }
    }
}
