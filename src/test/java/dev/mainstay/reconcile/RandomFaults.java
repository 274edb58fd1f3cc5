package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
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
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
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
    private final Set<String> canaries = new HashSet<>();
    private final List<String> breaches = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final int longestCalm;
    private int checked;

    RandomFaults(long seed) {
        this.random = new SplittableRandom(seed);
        this.longestCalm = 60 + random.nextInt(600);
        this.crashes = new Crashes(random);
        WorldSpec calm = WorldSpec.calm(seed);
        WorldSpec world = calm.withApi(new WorldSpec.Api(2, Duration.ofMinutes(random.nextInt(4)), Duration.ZERO))
                .withHealthChecks(
                        calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1L + random.nextInt(3))))
                .withSpot(WorldSpec.SpotRules.CALM.withMissingNotices(0.3).withCapacities(capacities()));
        this.spec = spec(seed, world);
        this.rehearsal = new Rehearsal(spec, world, crashes);
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
        for (String letter : List.of("a", "b", "c")) {
            Zone zone = new Zone("us-east-1" + letter);
            int[] room = new int[9 * 20];
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
                inject(new Fault.Exhaust(
                        new Pool(Specs.T2_MICRO, new Zone("us-east-1" + pick(List.of("a", "b", "c")))),
                        now.plusSeconds(random.nextInt(1800))));
            default -> {
                crashes.in = 1 + random.nextInt(40);
                told.add(now + " crash in " + crashes.in + " calls");
            }
        }
    }

    private void inject(Fault fault) {
        told.add(rehearsal.time().elapsed() + " " + fault);
        rehearsal.inject(fault);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    void settle() {
        crashes.in = 0;
        run(SETTLED);
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
        return breaches;
    }

    private void run(Duration length) {
        Duration end = rehearsal.time().elapsed().plus(length);
        while (rehearsal.time().elapsed().compareTo(end) < 0) {
            rehearsal.run(PASS);
            check();
        }
    }

    private void check() {
        for (Pass pass : rehearsal.passes().subList(checked, rehearsal.passes().size())) {
            if (pass.memory().canary() != null && pass.memory().canary().intent() != null) {
                canaries.add(pass.memory().canary().intent().value());
            }
            check(pass);
        }
        List<Machine> alive = rehearsal.alive();
        boolean canary = alive.stream()
                .anyMatch(machine -> canaries.contains(machine.tags().get(Tags.INTENT)));
        int most = spec.capacity().max() + (canary ? 1 : 0);
        if (alive.size() > most) {
            breach("%d machines exist, over the maximum of %d".formatted(alive.size(), most));
        }
        checked = rehearsal.passes().size();
    }

    /** Judges what went out by what was there to be seen, and by nothing that we made of it. */
    private void check(Pass pass) {
        pass.plan().conditions().stream()
                .filter(condition -> condition.name() == ConditionName.PLAN_REFUSED)
                .forEach(condition -> breach("refused: " + condition.reason()));
        Set<NodeId> removed = new HashSet<>();
        for (Outcome outcome : pass.outcomes()) {
            ActionKind kind = outcome.action().kind();
            if (kind.destructive() && !(outcome.result() instanceof Outcome.Result.Dropped)) {
                removed.add(outcome.action().subject().orElseThrow());
            }
        }
        if (!removed.isEmpty() && !pass.observation().sees()) {
            breach("destroyed while blind: " + removed);
        }
        List<Node> serving =
                pass.observation().nodes().stream().filter(RandomFaults::serves).toList();
        List<Node> left =
                serving.stream().filter(node -> !removed.contains(node.id())).toList();
        // The floor does not hold what AWS takes within half a minute anyway.
        long taken = serving.stream()
                .filter(node -> removed.contains(node.id())
                        && takenSoon(node, pass.plan().at()))
                .count();
        if (left.size() + taken < serving.size()
                        && left.size() + taken < Math.max(1, spec.capacity().min())
                || left.size() < serving.size() && left.isEmpty()) {
            breach("%d left in service after %s".formatted(left.size(), removed));
        }
        long onDemand = serving.stream().filter(RandomFaults::onDemand).count();
        long onDemandLeft = left.stream().filter(RandomFaults::onDemand).count();
        if (onDemandLeft < onDemand && onDemandLeft < spec.capacity().onDemandBase()) {
            breach("%d on-demand left in service after %s".formatted(onDemandLeft, removed));
        }
    }

    private static boolean takenSoon(Node node, Instant now) {
        return node.notice() != null && !now.isBefore(node.notice().deadline().minusSeconds(30));
    }

    private static boolean serves(Node node) {
        return node.instance().state() == InstanceState.RUNNING
                && !node.targets().isEmpty()
                && node.targets().values().stream().allMatch(TargetHealth::healthy);
    }

    private static boolean onDemand(Node node) {
        return node.instance().market() == Market.ON_DEMAND;
    }

    private void breach(String what) {
        breaches.add(rehearsal.time().elapsed() + ": " + what);
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
