package dev.mainstay.planning;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Remedy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What follows for the memory from what became of one action. */
final class Aftermath {
    private final Outcome outcome;
    private final Instant at;
    private final SortedMap<NodeId, NodeMemory> nodes;
    private final SortedMap<Pool, PoolMemory> pools;
    private final SortedMap<IntentId, Intent> intents;
    private final SortedMap<ActionKind, Refusal> refusals;
    private final List<Memory.Spending> spendings;
    private Memory.@Nullable LaunchBackOff launchBackOff;
    private Returns returns;
    private SortedMap<String, Lineage> lineages;

    private Aftermath(Memory memory, Outcome outcome) {
        this.outcome = outcome;
        this.at = outcome.at();
        this.nodes = new TreeMap<>(memory.nodes());
        this.pools = new TreeMap<>(memory.pools());
        this.intents = new TreeMap<>(memory.intents());
        this.refusals = new TreeMap<>(memory.refusals());
        this.spendings = new ArrayList<>(memory.spendings());
        this.launchBackOff = memory.launchBackOff();
        this.returns = memory.returns();
        this.lineages = memory.lineages();
    }

    static Memory of(Memory memory, Outcome outcome) {
        return new Aftermath(memory, outcome).apply(memory);
    }

    private Memory apply(Memory memory) {
        switch (outcome.result()) {
            case Outcome.Result.Done done -> done(done);
            case Outcome.Result.Failed failed -> failed(failed);
            case Outcome.Result.Dropped _ -> dropped();
        }
        return memory.withNodes(nodes)
                .withPools(pools)
                .withIntents(intents)
                .withSpendings(spendings)
                .withLaunchBackOff(launchBackOff)
                .withReturns(returns)
                .withLineages(lineages)
                .withRefusals(refusals);
    }

    private void done(Outcome.Result.Done done) {
        intents.remove(outcome.intent());
        refusals.remove(outcome.action().kind());
        switch (outcome.action()) {
            case Action.Launch launch -> launched(launch, done);
            case Action.Deregister deregister -> takenOut(deregister.node(), deregister.reason());
            case Action.EnterStandby standby -> takenOut(standby.node(), standby.reason());
            case Action.ExitStandby standby ->
                node(standby.node(), node -> node.with(node.credits().withResting(null)));
            case Action.SetGroupSize _, Action.CompleteHook _ -> {
                // The next look shows what came of it.
            }
            case Action.Terminate terminate -> node(terminate.node(), node -> node.withTerminated(at));
            case Action.SetCreditMode change -> {
                node(change.node(), node -> node.switched(change.mode(), at));
                remedied(change.node(), change.reason());
            }
            case Action.Register register ->
                node(
                        register.node(),
                        node -> node.with(node.credits().withResting(null)).registering(register.targetGroups()));
        }
    }

    private void takenOut(NodeId id, Reason reason) {
        node(id, node -> {
            NodeMemory out = node.takenOut(reason, at);
            return out.credits().resting() ? out : out.withDraining(at);
        });
        if (rests(reason)) {
            remedied(id, reason);
        }
    }

    /** Nothing went out. But a launch that was to be asked for again may have been made the first time. */
    private void dropped() {
        if (!(outcome.action() instanceof Action.Launch launch) || launch.resend() == null) {
            intents.remove(outcome.intent());
        }
    }

    private static boolean rests(Reason reason) {
        return reason instanceof Reason.Remedied remedied && remedied.remedy() == Remedy.REST;
    }

    private void remedied(NodeId id, Reason reason) {
        lineages = Lineages.remedied(lineages, reason, nodes.get(id), at);
    }

    private void launched(Action.Launch launch, Outcome.Result.Done done) {
        List<Instance> instances = done.launched();
        Lineages open = new Lineages(nodes.values(), lineages);
        boolean promoted = launch.reason() instanceof Reason.Remedied;
        for (Instance instance : instances) {
            if (!nodes.containsKey(instance.id())) {
                nodes.put(instance.id(), open.continued(NodeMemory.of(instance, at), promoted));
            }
            if (launch.returning()) {
                returns = returns.launched(instance.id(), at);
            }
        }
        instances.stream()
                .map(Instance::pool)
                .distinct()
                .filter(_ -> launch.market() == Market.SPOT)
                .forEach(pool -> pool(pool, PoolMemory::launched));
        done.refused().forEach(pool -> refused(launch.market(), pool));
    }

    private void refused(Market market, Pool pool) {
        pool(pool, known -> market == Market.SPOT ? known.refused(at) : known.onDemandRefused(at));
    }

    private void failed(Outcome.Result.Failed failed) {
        if (outcome.action() instanceof Action.Launch launch && open(launch, failed.kind())) {
            return; // the intent stays open: it is looked up, and asked for again with the same token
        }
        if (outcome.action() instanceof Action.Terminate && failed.kind() == FailureKind.UNKNOWN_OUTCOME) {
            return; // the intent stays open: the next observation shows whether it used the budget
        }
        if (outcome.action() instanceof Action.SetCreditMode && failed.kind() == FailureKind.UNKNOWN_OUTCOME) {
            return; // the intent stays open: a mode that nobody is known to have changed would never be changed back
        }
        Intent refusedIntent = intents.remove(outcome.intent());
        if (outcome.action() instanceof Action.Launch launch && launch.resend() != null && refusedIntent != null) {
            // The first call, whose answer was lost, may have made something all the same.
            intents.put(
                    refusedIntent.id(),
                    new Intent(refusedIntent.id(), refusedIntent.action(), refusedIntent.madeAt(), at));
        }
        if (outcome.action() instanceof Action.Terminate gone && failed.kind() == FailureKind.NOT_FOUND) {
            node(gone.node(), node -> node.withTerminated(at));
            return;
        }
        Refusal refusal = new Refusal(new Reason.Refused(failed.kind(), failed.message()), at);
        refusals.put(outcome.action().kind(), refusal);
        if (outcome.action() instanceof Action.Terminate terminate && lasting(failed.kind())) {
            node(terminate.node(), node -> node.withTerminationRefused(refusal));
        }
        refund(outcome.action());
        if (outcome.action() instanceof Action.Deregister kept
                && rests(kept.reason())
                && failed.kind() != FailureKind.UNKNOWN_OUTCOME) {
            node(kept.node(), node -> node.with(node.credits().withResting(null)));
        }
        if (outcome.action() instanceof Action.Launch refused) {
            launchFailed(refused, failed.kind());
        }
    }

    /** Whether the call may have made something. A second call that never got as far says nothing about the first. */
    private static boolean open(Action.Launch launch, FailureKind kind) {
        return switch (kind) {
            case UNKNOWN_OUTCOME -> true;
            case THROTTLE, UNREACHABLE, DENIED -> launch.resend() != null;
            case CAPACITY, PRICE, QUOTA, NOT_FOUND, PERMANENT, UNSUPPORTED, TOKEN_SPENT -> false;
        };
    }

    /** Whether the same call would be refused again. */
    private static boolean lasting(FailureKind kind) {
        return switch (kind) {
            case PERMANENT, DENIED, UNSUPPORTED -> true;
            case CAPACITY, PRICE, QUOTA, THROTTLE, NOT_FOUND, UNREACHABLE, TOKEN_SPENT, UNKNOWN_OUTCOME -> false;
        };
    }

    private void launchFailed(Action.Launch launch, FailureKind kind) {
        switch (kind) {
            case CAPACITY, PRICE, QUOTA -> launch.pools().forEach(pool -> refused(launch.market(), pool));
            case PERMANENT, DENIED, NOT_FOUND, UNSUPPORTED ->
                launchBackOff = Memory.LaunchBackOff.after(launchBackOff, at);
            case THROTTLE, UNREACHABLE, TOKEN_SPENT, UNKNOWN_OUTCOME -> {}
        }
    }

    /** What was refused did nothing, so it used up nothing. */
    private void refund(Action action) {
        action.spends().forEach((budget, count) -> {
            for (int i = spendings.size() - 1; i >= 0; i--) {
                if (spendings.get(i).budget() == budget && spendings.get(i).count() == count) {
                    spendings.remove(i);
                    break;
                }
            }
        });
    }

    private void node(NodeId id, UnaryOperator<NodeMemory> change) {
        nodes.computeIfPresent(id, (key, node) -> change.apply(node));
    }

    private void pool(Pool pool, UnaryOperator<PoolMemory> change) {
        pools.merge(pool, change.apply(PoolMemory.NONE), (known, fresh) -> change.apply(known));
    }
}
