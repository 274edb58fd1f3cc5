package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.Turn;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Planner;
import dev.mainstay.planning.check.PlanChecker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The daemon's own two functions, and its checker: {@code memory.after(observation)}, {@code plan}, {@code memory.after(plan)},
 * and the outcome of each action. The turn is made an observation and the plan's actions are done; nothing is decided here. A
 * refused launch brings the next pass at once, as in the daemon.
 */
final class Mainstay implements Policy {
    /** More refusals than there are pools mean that something does not end. */
    private static final int MOST_PASSES = 50;

    private final ClusterSpec spec;
    private final Planner planner;
    private final Sight sight;
    private final SortedMap<NodeId, Sight.Owned> nodes = new TreeMap<>();
    private Memory memory;
    private int intents;

    Mainstay(ClusterSpec spec, Planner planner, Instant start) {
        this.spec = spec;
        this.planner = planner;
        this.sight = new Sight(spec);
        this.memory = Memory.born(start);
    }

    @Override
    public void decide(Turn turn) {
        sight.look(turn);
        // EC2 lists an ended instance for a while; one sight of it is enough.
        nodes.values().removeIf(node -> node.machine().endedAt() < turn.tick() - 1);
        int passes = 0;
        while (pass(turn)) {
            if (++passes > MOST_PASSES) {
                throw new IllegalStateException("at tick %d refusals do not end".formatted(turn.tick()));
            }
        }
    }

    /** One pass; whether a launch was refused. */
    private boolean pass(Turn turn) {
        Moment now = sight.now(turn);
        Observation observation = sight.observation(turn, nodes.values());
        memory = memory.after(spec, observation);
        Plan plan = planner.plan(spec, observation, memory, now);
        List<String> breaches = PlanChecker.breaches(spec, observation, memory, plan);
        if (!breaches.isEmpty()) {
            throw new IllegalStateException("at tick %d the plan is refused: %s".formatted(turn.tick(), breaches));
        }
        memory = memory.after(plan);
        boolean refused = false;
        for (Action action : plan.actions()) {
            refused |= carryOut(action, turn, now.wall());
        }
        return refused;
    }

    private boolean carryOut(Action action, Turn turn, Instant now) {
        Intent intent = new Intent(new IntentId("intent-" + ++intents), action, now, null);
        memory = memory.intending(intent);
        Outcome.Result result = switch (action) {
            case Action.Launch launch -> launch(launch, intent.id(), turn, now);
            case Action.Register register -> done(register.node(), machine -> machine.setInRotation(true));
            case Action.Deregister deregister -> done(deregister.node(), machine -> machine.setInRotation(false));
            case Action.Terminate terminate -> done(terminate.node(), turn::terminate);
            case Action.SetCreditMode _ -> new Outcome.Result.Done(List.of());
            case Action.EnterStandby _, Action.ExitStandby _, Action.SetGroupSize _, Action.CompleteHook _ ->
                throw new IllegalStateException("a frame has no Auto Scaling group");
        };
        memory = memory.after(new Outcome(action, intent.id(), now, result));
        return action instanceof Action.Launch launch && made(result) < launch.count();
    }

    private static int made(Outcome.Result result) {
        return result instanceof Outcome.Result.Done done ? done.launched().size() : 0;
    }

    private Outcome.Result done(NodeId node, Consumer<Machine> change) {
        Sight.Owned owned = nodes.get(node);
        if (owned == null || !owned.machine().alive()) {
            return new Outcome.Result.Failed(FailureKind.NOT_FOUND, "InvalidInstanceID.NotFound");
        }
        change.accept(owned.machine());
        return new Outcome.Result.Done(List.of());
    }

    private Outcome.Result launch(Action.Launch launch, IntentId intent, Turn turn, Instant now) {
        int zone = turn.market().zones().indexOf(launch.pool().zone());
        List<Machine> made = new ArrayList<>();
        if (launch.market() == Market.SPOT) {
            made.addAll(turn.launchSpot(zone, launch.count()));
        } else {
            for (int i = 0; i < launch.count(); i++) {
                made.add(turn.launchOnDemand(zone));
            }
        }
        if (made.isEmpty()) {
            return new Outcome.Result.Failed(FailureKind.CAPACITY, "InsufficientInstanceCapacity");
        }
        List<Instance> launched = new ArrayList<>();
        for (Machine machine : made) {
            machine.setInRotation(false);
            Instance instance = sight.instance(machine, launch, intent, now);
            nodes.put(instance.id(), new Sight.Owned(machine, instance));
            launched.add(instance);
            if (launch.returning()) {
                turn.switched();
            }
        }
        return new Outcome.Result.Done(launched, made.size() < launch.count() ? List.of(launch.pool()) : List.of());
    }
}
