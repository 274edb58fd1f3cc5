package dev.mainstay.testing;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Notice;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Planner;
import dev.mainstay.planning.check.PlanChecker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The planner on a bare market: room for spot in each zone by the tick, a boot of fixed length, a target group that believes
 * at once, and nothing else. A tick is a pass; a refusal brings the next pass in the same tick. Spot costs 1 and on-demand 3
 * a tick. Whom a shrinking zone takes is drawn by lot.
 */
public final class MarketFrame {
    /** From one pass to the next. */
    public static final Duration TICK = Duration.ofSeconds(30);

    private static final int NOTICE_TICKS = 4;
    private static final int LISTED_TICKS = 20;
    private static final int MOST_PASSES = 20;
    public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    /** Room in each zone, in spot nodes, at each tick. */
    public record Room(List<Zone> zones, List<int[]> perTick) {
        public Room {
            perTick = List.copyOf(perTick);
        }

        int at(int zone, int tick) {
            int[] inZone = perTick.get(zone);
            return inZone[Math.min(tick, inZone.length - 1)];
        }

        public int ticks() {
            return perTick.getFirst().length;
        }
    }

    /** What came out: times are in ticks. */
    public record Result(
            int ticks,
            int missing,
            int down,
            double cost,
            int refusals,
            int losses,
            List<Integer> switches,
            int lostAgain) {
        public double availability() {
            return 1 - (double) missing / ticks;
        }
    }

    private static final class Machine {
        private final Instance launched;
        private final int zone;
        private final int since;
        private final boolean switched;
        private InstanceState state = InstanceState.RUNNING;
        private boolean registered;
        private int lostAt = Integer.MAX_VALUE;
        private int noticedAt = Integer.MAX_VALUE;
        private int endedAt = Integer.MAX_VALUE;
        private boolean taken;

        private Machine(Instance launched, int zone, int since, boolean switched) {
            this.launched = launched;
            this.zone = zone;
            this.since = since;
            this.switched = switched;
        }

        private boolean alive() {
            return state == InstanceState.RUNNING;
        }

        private boolean spot() {
            return launched.market() == Market.SPOT;
        }
    }

    private final ClusterSpec spec;
    private final Planner planner;
    private final Room room;
    private final double noticed;
    private final int bootTicks;
    private final SplittableRandom lots;
    private final Map<Pool, List<PriceHistory.Change>> tape;
    private final Map<Pool, PriceHistory> prices = new HashMap<>();
    private final Map<NodeId, Machine> machines = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();
    private final List<Integer> switches = new ArrayList<>();
    private Memory memory = Memory.born(START.minus(Duration.ofDays(1)));
    private int tick;
    private int ids;
    private int refusals;
    private int losses;
    private int lostAgain;

    /**
     * @param noticed the share of losses of which AWS tells two minutes ahead
     * @param tape the price changes of each pool in order of time, as they come to be known
     */
    public MarketFrame(
            ClusterSpec spec,
            Room room,
            double noticed,
            Duration boot,
            Map<Pool, List<PriceHistory.Change>> tape,
            long seed) {
        this.spec = spec;
        this.planner = Planners.underTest();
        this.room = room;
        this.noticed = noticed;
        this.bootTicks = (int) boot.dividedBy(TICK);
        this.tape = tape;
        this.lots = new SplittableRandom(seed);
    }

    /** Plays all of it. The first ten minutes, in which the cluster is made, are not judged. */
    public Result run() {
        int judged = 0;
        int missing = 0;
        int down = 0;
        double cost = 0;
        for (tick = 0; tick < room.ticks(); tick++) {
            for (int zone = 0; zone < room.zones().size(); zone++) {
                shrink(zone);
            }
            tape.forEach(this::price);
            for (int pass = 0; pass < MOST_PASSES && pass(); pass++) {}
            if (tick >= LISTED_TICKS) {
                judged++;
                long serving = machines.values().stream().filter(this::serves).count();
                missing += serving < spec.capacity().desired() ? 1 : 0;
                down += serving == 0 ? 1 : 0;
                cost += machines.values().stream()
                        .filter(Machine::alive)
                        .mapToInt(machine -> machine.spot() ? 1 : 3)
                        .sum();
            }
        }
        return new Result(
                judged,
                missing,
                down,
                cost / (3.0 * spec.capacity().desired() * judged),
                refusals,
                losses,
                List.copyOf(switches),
                lostAgain);
    }

    /** What was wrong with the plans; empty where nothing was. */
    public List<String> breaches() {
        return breaches;
    }

    /** Takes whom the zone has no room for any more, and tells whom it will have none for. */
    private void shrink(int zone) {
        List<Machine> inside = inside(zone);
        inside.stream().filter(machine -> machine.lostAt == tick).forEach(this::lose);
        List<Machine> staying = new ArrayList<>(inside(zone));
        for (int excess = staying.size() - room.at(zone, tick); excess > 0; excess--) {
            lose(staying.remove(lots.nextInt(staying.size())));
        }
        staying.removeIf(machine -> machine.lostAt != Integer.MAX_VALUE);
        for (int excess = staying.size() - room.at(zone, tick + NOTICE_TICKS); excess > 0; excess--) {
            Machine victim = staying.remove(lots.nextInt(staying.size()));
            victim.lostAt = tick + NOTICE_TICKS;
            if (lots.nextDouble() < noticed) {
                victim.noticedAt = tick;
            }
        }
    }

    private void price(Pool pool, List<PriceHistory.Change> changes) {
        Instant before = tick == 0 ? Instant.MIN : now().minus(TICK);
        List<PriceHistory.Change> fresh = changes.stream()
                .filter(change -> change.at().isAfter(before) && !change.at().isAfter(now()))
                .toList();
        if (!fresh.isEmpty()) {
            PriceHistory known = prices.get(pool);
            prices.put(
                    pool,
                    known == null
                            ? PriceHistory.of(fresh).orElseThrow()
                            : known.with(fresh, now().minus(Duration.ofDays(30))));
        }
    }

    private void lose(Machine machine) {
        losses++;
        if (machine.switched && tick - machine.since < 60) {
            lostAgain++;
        }
        machine.taken = true;
        machine.state = InstanceState.TERMINATED;
        machine.endedAt = tick;
    }

    private List<Machine> inside(int zone) {
        return machines.values().stream()
                .filter(machine -> machine.alive() && machine.spot() && machine.zone == zone)
                .sorted((one, other) -> one.launched.id().compareTo(other.launched.id()))
                .toList();
    }

    private boolean serves(Machine machine) {
        return machine.alive() && machine.registered && tick - machine.since >= bootTicks;
    }

    /** One pass; whether the next one comes at once, since a launch was refused. */
    private boolean pass() {
        Instant now = now();
        Moment moment = new Moment(now, TICK.multipliedBy(tick));
        TargetGroup group = spec.targetGroups().getFirst();
        machines.values().removeIf(machine -> machine.endedAt < tick - LISTED_TICKS);
        List<Node> nodes = machines.values().stream()
                .filter(machine -> machine.since < tick)
                .map(machine -> node(machine, group))
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        Observation observation = new Observation(
                moment, nodes, Set.of(), Map.of(), Map.of(group, Duration.ZERO), null, prices, List.of());
        memory = memory.after(spec, observation);
        Plan plan = planner.plan(spec, observation, memory, moment);
        PlanChecker.breaches(spec, observation, memory, plan)
                .forEach(breach -> breaches.add("tick %d: %s".formatted(tick, breach)));
        delayed(plan);
        memory = memory.after(plan);
        int before = refusals;
        plan.actions().forEach(this::carryOut);
        return refusals > before;
    }

    /** Whatever was held back, it was not a launch that fills a gap, for a budget. */
    private void delayed(Plan plan) {
        plan.withheld().stream()
                .filter(held -> held.action() instanceof Action.Launch launch
                        && !launch.returning()
                        && held.guard().name().endsWith("BUDGET"))
                .forEach(held -> breaches.add("tick %d: %s".formatted(tick, held)));
    }

    private Node node(Machine machine, TargetGroup group) {
        Instance old = machine.launched;
        Instance instance = new Instance(
                old.id(),
                old.type(),
                old.zone(),
                old.market(),
                machine.state,
                machine.taken ? "Server.SpotInstanceTermination" : null,
                old.launchedAt(),
                old.spotRequest(),
                old.tags());
        TargetHealth health = serves(machine)
                ? TargetHealth.HEALTHY
                : new TargetHealth(TargetHealth.State.INITIAL, "Elb.InitialHealthChecking");
        boolean told = machine.alive() && machine.noticedAt <= tick;
        return new Node(
                instance,
                machine.registered && machine.alive() ? Map.of(group, health) : Map.of(),
                StatusCheck.OK,
                told ? notice(machine) : null,
                null,
                null,
                List.of(),
                null);
    }

    private Notice notice(Machine machine) {
        Instant told = START.plus(TICK.multipliedBy(machine.noticedAt));
        return Notice.given("instance-terminated-no-capacity", told, told);
    }

    private void carryOut(Action action) {
        IntentId id = new IntentId("intent-" + ++ids);
        memory = memory.intending(new Intent(id, action, now(), null));
        Outcome.Result result = switch (action) {
            case Action.Launch launch -> launch(launch);
            case Action.Register register -> {
                machines.get(register.node()).registered = true;
                yield new Outcome.Result.Done(List.of());
            }
            case Action.Deregister deregister -> {
                machines.get(deregister.node()).registered = false;
                yield new Outcome.Result.Done(List.of());
            }
            case Action.Terminate terminate -> {
                Machine machine = machines.get(terminate.node());
                machine.state = InstanceState.TERMINATED;
                machine.endedAt = tick;
                yield new Outcome.Result.Done(List.of());
            }
            case Action.SetCreditMode _,
                    Action.EnterStandby _,
                    Action.ExitStandby _,
                    Action.SetGroupSize _,
                    Action.CompleteHook _ -> new Outcome.Result.Done(List.of());
        };
        memory = memory.after(new Outcome(action, id, now(), result));
    }

    private Outcome.Result launch(Action.Launch launch) {
        int zone = room.zones().indexOf(launch.pool().zone());
        int free = launch.market() == Market.ON_DEMAND
                ? launch.count()
                : room.at(zone, tick) - inside(zone).size();
        int made = Math.clamp(free, 0, launch.count());
        refusals += made < launch.count() ? 1 : 0;
        if (made == 0) {
            return new Outcome.Result.Failed(FailureKind.CAPACITY, "InsufficientInstanceCapacity");
        }
        List<Instance> born = new ArrayList<>();
        for (int i = 0; i < made; i++) {
            Instance instance = instance(launch);
            machines.put(instance.id(), new Machine(instance, zone, tick, launch.returning()));
            born.add(instance);
            if (launch.returning()) {
                switches.add(tick);
            }
        }
        return new Outcome.Result.Done(born, born.size() < launch.count() ? List.of(launch.pool()) : List.of());
    }

    private Instance instance(Action.Launch launch) {
        String id = "n-%06d".formatted(++ids);
        boolean spot = launch.market() == Market.SPOT;
        return new Instance(
                new NodeId(id),
                launch.pool().type(),
                launch.pool().zone(),
                launch.market(),
                InstanceState.RUNNING,
                null,
                now(),
                spot ? "sir-" + id : null,
                Map.of(
                        Tags.CLUSTER,
                        spec.name().value(),
                        Tags.ROLE,
                        launch.role().label()));
    }

    private Instant now() {
        return START.plus(TICK.multipliedBy(tick));
    }

    /** The most switches in any day. */
    public static int mostInADay(List<Integer> switches) {
        int ticks = (int) Budget.RETURN.window().dividedBy(TICK);
        int most = 0;
        for (int first = 0, last = 0; last < switches.size(); last++) {
            while (switches.get(first) <= switches.get(last) - ticks) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }
}
