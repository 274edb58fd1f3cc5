package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.SpotMarket;
import dev.mainstay.backtest.Turn;
import dev.mainstay.cluster.ClusterSpec;
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
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows a turn as the daemon would read it from AWS. Not thread-safe: it keeps the price histories read so far. */
final class Sight {
    /** How far back prices are read. */
    private static final Duration PRICES_KEPT = Duration.ofDays(30);

    private static final TargetHealth BOOTING =
            new TargetHealth(TargetHealth.State.INITIAL, "Elb.InitialHealthChecking");

    private final ClusterSpec spec;
    private final Map<TargetGroup, Duration> noDrain;
    private final Map<TargetGroup, TargetHealth> healthy;
    private final Map<TargetGroup, TargetHealth> booting;
    private final Map<Pool, PriceHistory> prices = new HashMap<>();

    /** A node of ours, and what the launch call answered. */
    record Owned(Machine machine, Instance instance) {}

    Sight(ClusterSpec spec) {
        this.spec = spec;
        this.noDrain = everywhere(spec, Duration.ZERO);
        this.healthy = everywhere(spec, TargetHealth.HEALTHY);
        this.booting = everywhere(spec, BOOTING);
    }

    private static <T> Map<TargetGroup, T> everywhere(ClusterSpec spec, T what) {
        return spec.targetGroups().stream().collect(Collectors.toUnmodifiableMap(group -> group, _ -> what));
    }

    /** Reads the prices that are new at this turn. */
    void look(Turn turn) {
        SpotMarket market = turn.market();
        Instant oldest = now(turn).wall().minus(PRICES_KEPT);
        for (int zone = 0; zone < market.zoneCount(); zone++) {
            List<PriceHistory.Change> fresh = market.changes(zone, turn.tick());
            if (fresh.isEmpty()) {
                continue;
            }
            Pool pool = new Pool(market.type(), market.zones().get(zone));
            PriceHistory known = prices.get(pool);
            Optional<PriceHistory> read =
                    known == null ? PriceHistory.of(fresh) : Optional.of(known.with(fresh, oldest));
            read.ifPresent(history -> prices.put(pool, history));
        }
    }

    Moment now(Turn turn) {
        Duration passed = turn.frame().tick().multipliedBy(turn.tick());
        return new Moment(turn.market().start().plus(passed), passed);
    }

    Observation observation(Turn turn, Collection<Owned> owned) {
        List<Node> nodes = owned.stream()
                .map(node -> node(node.machine(), node.instance(), turn))
                .toList();
        return new Observation(
                now(turn), nodes, Set.of(), Map.of(), noDrain, turn.market().type(), prices, List.of());
    }

    private Node node(Machine machine, Instance launched, Turn turn) {
        InstanceState state = !machine.alive()
                ? InstanceState.TERMINATED
                : machine.launchedAt() == turn.tick() ? InstanceState.PENDING : InstanceState.RUNNING;
        Instance instance = launched.withState(state);
        if (machine.taken()) {
            instance = new Instance(
                    launched.id(),
                    launched.type(),
                    launched.zone(),
                    launched.market(),
                    state,
                    "Server.SpotInstanceTermination: taken back",
                    launched.launchedAt(),
                    launched.spotRequest(),
                    launched.tags());
        }
        boolean registered = machine.alive() && machine.inRotation();
        return new Node(
                instance,
                !registered ? Map.of() : turn.serves(machine) ? healthy : booting,
                StatusCheck.OK,
                machine.noticed(turn.tick()) ? notice(machine, turn) : null,
                null,
                null,
                List.of(),
                null);
    }

    private static Notice notice(Machine machine, Turn turn) {
        Instant given = turn.market().start().plus(turn.frame().tick().multipliedBy(machine.noticedAt()));
        return Notice.given("marked-for-termination", given, given);
    }

    /** What the launch call answers. */
    Instance instance(Machine machine, Action.Launch launch, IntentId intent, Instant now) {
        boolean spot = launch.market() == Market.SPOT;
        return new Instance(
                new NodeId("i-%010d".formatted(machine.id())),
                launch.pool().type(),
                launch.pool().zone(),
                launch.market(),
                InstanceState.PENDING,
                null,
                now,
                spot ? "sir-%010d".formatted(machine.id()) : null,
                Map.of(
                        Tags.CLUSTER,
                        spec.name().value(),
                        Tags.INTENT,
                        intent.value(),
                        Tags.LINEAGE,
                        launch.lineage() == null ? intent.value() : launch.lineage(),
                        Tags.ROLE,
                        (spot ? Role.SPOT : launch.role()).label()));
    }
}
