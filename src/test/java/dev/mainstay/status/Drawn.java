package dev.mainstay.status;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.credits.Forecast;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Withheld;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pass as one draws it: whatever node, action or condition the test wants to see shown. */
final class Drawn {
    static final Instant NOW = Instant.parse("2026-03-02T14:03:45Z");

    private final List<Standing> nodes = new ArrayList<>();
    private final List<Node> seen = new ArrayList<>();
    private final Map<NodeId, Map<TargetGroup, TargetHealth>> foreign = new HashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Withheld> withheld = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private ClusterSpec spec = Specs.micro();
    private Plan.Cost cost = new Plan.Cost(0.0221, 0.0464);
    private Instant at = NOW;
    private Memory.@Nullable Seen lastSeen = new Memory.Seen(NOW, null);

    /** Four of four in service: one on-demand, three spot. */
    static Drawn healthy() {
        return new Drawn()
                .node("i-0a1f", "a", Market.ON_DEMAND, Phase.IN_SERVICE, null, 131.2)
                .node("i-0a2c", "a", Market.SPOT, Phase.IN_SERVICE, null, 88.0)
                .node("i-0b19", "b", Market.SPOT, Phase.IN_SERVICE, null, 144.0)
                .node("i-0c07", "c", Market.SPOT, Phase.IN_SERVICE, null, 57.5);
    }

    Drawn named(ClusterName name) {
        spec = new ClusterSpec(
                name,
                spec.mode(),
                spec.region(),
                spec.interval(),
                spec.targetGroups(),
                spec.launch(),
                spec.capacity(),
                spec.spot(),
                spec.health(),
                spec.credits(),
                spec.guards());
        return this;
    }

    Drawn at(Instant changed) {
        at = changed;
        return this;
    }

    Drawn cost(@Nullable Double now, @Nullable Double onDemand) {
        cost = new Plan.Cost(now, onDemand);
        return this;
    }

    Drawn node(String id, String zone, Market market, Phase phase, @Nullable Reason reason, @Nullable Double credits) {
        return node(id, zone, market, phase, reason, credits, null);
    }

    Drawn node(
            String id,
            String zone,
            Market market,
            Phase phase,
            @Nullable Reason reason,
            @Nullable Double credits,
            @Nullable Instant exhaustsAt) {
        Role role = market == Market.SPOT ? Role.SPOT : Role.BASE;
        return add(
                id,
                zone,
                market,
                role,
                phase,
                reason,
                credits == null ? null : new CreditReading(at, credits, 0.4, 8.0, null),
                exhaustsAt);
    }

    Drawn standIn(String id, String zone) {
        return add(id, zone, Market.ON_DEMAND, Role.STAND_IN, Phase.IN_SERVICE, null, null, null);
    }

    private Drawn add(
            String id,
            String zone,
            Market market,
            Role role,
            Phase phase,
            @Nullable Reason reason,
            @Nullable CreditReading credits,
            @Nullable Instant exhaustsAt) {
        Instance instance = new Instance(
                new NodeId(id),
                Specs.T2_MICRO,
                new Zone("us-east-1" + zone),
                market,
                phase == Phase.LOST ? InstanceState.TERMINATED : InstanceState.RUNNING,
                null,
                NOW.minus(Duration.ofHours(5)),
                null,
                Map.of(Tags.CLUSTER, spec.name().value()));
        Map<TargetGroup, TargetHealth> targets = targets(phase);
        Node sight = phase == Phase.LOST
                ? null
                : new Node(instance, targets, StatusCheck.OK, null, credits, null, List.of(), null);
        if (sight != null) {
            seen.add(sight);
        }
        boolean serves = targets.equals(Map.of(Sketch.GROUP, TargetHealth.HEALTHY));
        nodes.add(new Standing(
                NodeMemory.of(instance, NOW),
                sight,
                phase,
                role,
                serves,
                phase == Phase.IN_SERVICE || phase == Phase.COMING,
                exhaustsAt == null ? null : new Forecast(NOW, 0, 0, 0, exhaustsAt, exhaustsAt, exhaustsAt),
                reason));
        return this;
    }

    private static Map<TargetGroup, TargetHealth> targets(Phase phase) {
        return switch (phase) {
            case IN_SERVICE, CONDEMNED, DOOMED, AT_RISK -> Map.of(Sketch.GROUP, TargetHealth.HEALTHY);
            case SUSPECT -> Map.of(Sketch.GROUP, new TargetHealth(TargetHealth.State.UNHEALTHY, "Target.Timeout"));
            case COMING ->
                Map.of(Sketch.GROUP, new TargetHealth(TargetHealth.State.INITIAL, "Elb.InitialHealthChecking"));
            case DRAINING ->
                Map.of(Sketch.GROUP, new TargetHealth(TargetHealth.State.DRAINING, "Target.DeregistrationInProgress"));
            case LOST, FOREIGN, HELD_BY_SOMEONE, KEPT_FOR_DEBUGGING, QUARANTINED, RESTING -> Map.of();
        };
    }

    Drawn stranger(String id) {
        foreign.put(new NodeId(id), Map.of(Sketch.GROUP, TargetHealth.HEALTHY));
        return this;
    }

    Drawn did(Action action, Outcome.@Nullable Result result) {
        actions.add(action);
        if (result != null) {
            outcomes.add(new Outcome(action, new IntentId("intent-" + actions.size()), at, result));
        }
        return this;
    }

    Drawn withheld(Action action, GuardName guard, Reason reason) {
        withheld.add(new Withheld(action, guard, reason, null));
        return this;
    }

    Drawn condition(ConditionName name, Duration ago, Reason reason) {
        conditions.add(new Condition(name, at.minus(ago), reason));
        return this;
    }

    Drawn gap(Gap.Source source, Duration ago, String text) {
        gaps.add(new Gap(source, at.minus(ago), text));
        return this;
    }

    Drawn neverSeen() {
        lastSeen = null;
        return this;
    }

    Pass pass(long number) {
        Memory born = Memory.born(NOW.minus(Duration.ofDays(1)));
        Memory memory = born.withSeen(lastSeen);
        Observation observation = new Observation(
                new Moment(at, Duration.ofHours(3)),
                seen,
                Set.of(),
                foreign,
                Map.of(Sketch.GROUP, Duration.ofMinutes(1)),
                null,
                Map.of(),
                gaps);
        Plan plan = new Plan(spec.name(), at, nodes, Map.of(), actions, withheld, List.of(), conditions, cost);
        return new Pass(number, spec, observation, memory, plan, outcomes);
    }
}
