package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that one cluster's loop knows from earlier passes. What changes in it is what the journal stores.
 *
 * @param birth when the journal began
 * @param seen the moment of the last observation that missed nothing vital; its uptime is of the process that took it
 * @param intents launches without an answer yet, and abandoned ones for a day
 * @param spendings the uses of budgets within their windows, in order of time
 * @param launchBackOff how launches fail one after the other; null while they do not
 * @param refusals the last refusal of each kind of write, until one of the kind succeeds or it is old
 * @param conditions the conditions that hold, and since when
 * @param canary how a shared fate is gone about; null while there is none
 * @param versions which versions of the launch template make nodes that serve
 * @param month what the calendar month cost so far; null while nobody set a cap for it
 * @param lineages what was done about the credits of each lineage of late
 * @param strangers whose the nodes are that carry our tag
 */
public record Memory(
        Instant birth,
        @Nullable Seen seen,
        SortedMap<NodeId, NodeMemory> nodes,
        SortedMap<Pool, PoolMemory> pools,
        SortedMap<IntentId, Intent> intents,
        List<Spending> spendings,
        @Nullable LaunchBackOff launchBackOff,
        SortedMap<ActionKind, Refusal> refusals,
        SortedMap<ConditionName, Instant> conditions,
        Holds holds,
        Returns returns,
        @Nullable Canary canary,
        SortedMap<String, Lineage> lineages,
        @Nullable MonthToDate month,
        TemplateVersions versions,
        Strangers strangers) {

    public Memory {
        nodes = Frozen.map(nodes);
        pools = Frozen.map(pools);
        intents = Frozen.map(intents);
        spendings = List.copyOf(spendings);
        refusals = Frozen.map(refusals);
        conditions = Frozen.map(conditions);
        lineages = Frozen.map(lineages);
    }

    /** The last whole sight. {@code uptime} is null once another process reads it. */
    public record Seen(Instant wall, @Nullable Duration uptime) {
        public static Seen at(Moment moment) {
            return new Seen(moment.wall(), moment.uptime());
        }
    }

    /** One use of a budget. */
    public record Spending(Budget budget, Instant at, int count) {}

    /** New nodes failed so many times in a row; no further launch above the floor before then. */
    public record LaunchBackOff(int failures, Instant retryAt) {
        private static final List<Duration> PAUSES = List.of(
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(20));

        /** The same as if it had not failed later than now. */
        LaunchBackOff notAfter(Instant now) {
            Instant latest = now.plus(PAUSES.get(Math.min(failures, PAUSES.size()) - 1));
            return retryAt.isAfter(latest) ? new LaunchBackOff(failures, latest) : this;
        }

        /** One more has failed. */
        public static LaunchBackOff after(@Nullable LaunchBackOff before, Instant now) {
            int failures = before == null ? 1 : before.failures() + 1;
            return new LaunchBackOff(failures, now.plus(PAUSES.get(Math.min(failures, PAUSES.size()) - 1)));
        }
    }

    /** Nothing is known: the memory of a journal that was just made. */
    public static Memory born(Instant birth) {
        return new Memory(
                birth,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                Holds.NONE,
                Returns.NONE,
                null,
                new TreeMap<>(),
                null,
                TemplateVersions.NONE,
                Strangers.NONE);
    }

    public Optional<NodeMemory> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    public PoolMemory pool(Pool pool) {
        return pools.getOrDefault(pool, PoolMemory.NONE);
    }

    /** What is known after this observation. */
    public Memory after(ClusterSpec spec, Observation observation) {
        return Recollection.of(spec, this, observation);
    }

    /** What is known after this decision: whom it condemned, which launches failed, and which conditions hold since when. */
    public Memory after(Plan plan) {
        SortedMap<NodeId, NodeMemory> after = new TreeMap<>(nodes);
        plan.condemnations()
                .forEach((id, reason) -> after.computeIfPresent(id, (key, node) -> node.condemned(reason, plan.at())));
        Set<NodeId> dear = plan.findings().stream()
                .filter(finding -> finding.reason() instanceof Reason.BurstableTooDear)
                .map(Finding::node)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        after.replaceAll((id, node) -> node.dear(dear.contains(id), plan.at()));
        boolean failedLaunch = plan.condemns(Reason.NeverHealthy.class);
        LaunchBackOff backOff = failedLaunch ? LaunchBackOff.after(launchBackOff, plan.at()) : launchBackOff;
        SortedMap<ConditionName, Instant> held = new TreeMap<>();
        plan.conditions().forEach(condition -> held.put(condition.name(), condition.since()));
        return copy(copy -> {
            copy.nodes = after;
            copy.launchBackOff = backOff;
            copy.conditions = held;
            copy.lineages = Lineages.after(plan, nodes, lineages);
            copy.canary = canary != null
                            && (plan.condemns(Reason.UnhealthyFor.class) || plan.condemns(Reason.NotSeenHealthy.class))
                    ? canary.begun()
                    : canary;
            copy.holds = holds.after(plan);
            copy.month = plan.cost().month();
            copy.versions = failed(plan, after);
        });
    }

    private TemplateVersions failed(Plan plan, SortedMap<NodeId, NodeMemory> now) {
        TemplateVersions known = versions;
        for (Map.Entry<NodeId, Reason> condemned : plan.condemnations().entrySet()) {
            NodeMemory node = now.get(condemned.getKey());
            if (condemned.getValue() instanceof Reason.NeverHealthy && node != null) {
                known = known.failing(node.instance().templateVersion(), plan.at());
            }
        }
        return known;
    }

    /**
     * What is known once this write is about to go out: the intent, and what it uses of the budgets. A node that we take
     * out of rotation is condemned from now on: should the answer be lost, nobody else is blamed for it. One that is put
     * back is no longer on its way out: should the call fail, it joins as a new one does.
     */
    public Memory intending(Intent intent) {
        SortedMap<IntentId, Intent> open = new TreeMap<>(intents);
        open.put(intent.id(), intent);
        List<Spending> spent = new ArrayList<>(spendings);
        intent.action().spends().forEach((budget, count) -> spent.add(new Spending(budget, intent.madeAt(), count)));
        SortedMap<NodeId, NodeMemory> after = new TreeMap<>(nodes);
        if (intent.action() instanceof Action.Deregister deregister) {
            after.computeIfPresent(
                    deregister.node(), (id, node) -> node.takenOut(deregister.reason(), intent.madeAt()));
        }
        if (intent.action() instanceof Action.Register register && register.reason() instanceof Reason.NeededAgain) {
            after.computeIfPresent(register.node(), (id, node) -> node.putBack());
        }
        boolean sendsCanary = intent.action() instanceof Action.Launch launch && launch.isCanary();
        return copy(copy -> {
            copy.nodes = after;
            copy.intents = open;
            copy.spendings = spent;
            copy.canary = canary != null && sendsCanary ? canary.launched(intent.id(), intent.madeAt()) : canary;
        });
    }

    /** What is known after someone said this. */
    public Memory after(Control control, Instant at) {
        Memory told = withHolds(holds.after(control, at));
        return control instanceof Control.Retry ? told.accepting(at) : told;
    }

    /** The nodes of another supervisor are ours, and are met now: nobody registered them before. */
    private Memory accepting(Instant at) {
        SortedMap<NodeId, NodeMemory> ours = new TreeMap<>(nodes);
        ours.replaceAll((id, node) -> strangers.claimed(id) ? NodeMemory.of(node.instance(), at) : node);
        return withNodes(ours).withStrangers(strangers.accepted());
    }

    /** What is known after this outcome. */
    public Memory after(Outcome outcome) {
        return Aftermath.of(this, outcome);
    }

    /** How many nodes a launch without an answer may have made that are not to be seen; none for any other intent. */
    public int unseen(Intent intent) {
        if (!intent.open() || !(intent.action() instanceof Action.Launch launch)) {
            return 0;
        }
        int seen = (int) nodes.values().stream()
                .filter(node ->
                        node.instance().intent().filter(intent.id()::equals).isPresent())
                .count();
        return Math.max(0, launch.count() - seen);
    }

    /** The last remedies of the node's lineage, where none of them lasted and the trouble is back since then. */
    public Optional<List<Instant>> futileRemedies(NodeMemory node, Instant troubleSince) {
        return Optional.ofNullable(lineages.get(Lineages.of(node)))
                .filter(lineage -> Lineages.futile(lineage, troubleSince))
                .map(Lineage::remedies);
    }

    /** How much of a budget was used in its window before now. */
    public int spent(Budget budget, Instant now) {
        return spendings.stream()
                .filter(spending -> spending.budget() == budget)
                .filter(spending -> spending.at().plus(budget.window()).isAfter(now))
                .mapToInt(Spending::count)
                .sum();
    }

    /** When the oldest use of a budget leaves its window. */
    public Instant freeAt(Budget budget, Instant now) {
        return spendings.stream()
                .filter(spending -> spending.budget() == budget)
                .map(Spending::at)
                .min(Instant::compareTo)
                .map(oldest -> oldest.plus(budget.window()))
                .orElse(now);
    }

    /** Before when there is no voluntary switch to spot; empty: there may be one at once. */
    public Optional<Instant> switchesHeldUntil() {
        Instant lastLoss = pools.values().stream()
                .map(PoolMemory::lastLoss)
                .flatMap(Stream::ofNullable)
                .max(Instant::compareTo)
                .orElse(null);
        return returns.heldUntil(lastLoss);
    }

    /** Whether a timer runs at whose end something is destroyed; while none does, time itself need not be stored. */
    public boolean timed() {
        return nodes.values().stream().anyMatch(NodeMemory::timed);
    }

    public Memory withSeen(@Nullable Seen seen) {
        return copy(copy -> copy.seen = seen);
    }

    public Memory withNodes(SortedMap<NodeId, NodeMemory> nodes) {
        return copy(copy -> copy.nodes = nodes);
    }

    public Memory withPools(SortedMap<Pool, PoolMemory> pools) {
        return copy(copy -> copy.pools = pools);
    }

    public Memory withIntents(SortedMap<IntentId, Intent> intents) {
        return copy(copy -> copy.intents = intents);
    }

    public Memory withSpendings(List<Spending> spendings) {
        return copy(copy -> copy.spendings = spendings);
    }

    public Memory withLaunchBackOff(@Nullable LaunchBackOff launchBackOff) {
        return copy(copy -> copy.launchBackOff = launchBackOff);
    }

    public Memory withRefusals(SortedMap<ActionKind, Refusal> refusals) {
        return copy(copy -> copy.refusals = refusals);
    }

    public Memory withConditions(SortedMap<ConditionName, Instant> conditions) {
        return copy(copy -> copy.conditions = conditions);
    }

    public Memory withHolds(Holds holds) {
        return copy(copy -> copy.holds = holds);
    }

    public Memory withReturns(Returns returns) {
        return copy(copy -> copy.returns = returns);
    }

    public Memory withCanary(@Nullable Canary canary) {
        return copy(copy -> copy.canary = canary);
    }

    public Memory withLineages(SortedMap<String, Lineage> lineages) {
        return copy(copy -> copy.lineages = lineages);
    }

    public Memory withVersions(TemplateVersions versions) {
        return copy(copy -> copy.versions = versions);
    }

    public Memory withStrangers(Strangers strangers) {
        return copy(copy -> copy.strangers = strangers);
    }

    public Memory withMonth(@Nullable MonthToDate month) {
        return copy(copy -> copy.month = month);
    }

    private Memory copy(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return new Memory(
                birth,
                copy.seen,
                copy.nodes,
                copy.pools,
                copy.intents,
                copy.spendings,
                copy.launchBackOff,
                copy.refusals,
                copy.conditions,
                copy.holds,
                copy.returns,
                copy.canary,
                copy.lineages,
                copy.month,
                copy.versions,
                copy.strangers);
    }

    /** What may change, while it is being changed. */
    private static final class Copy {
        private @Nullable Seen seen;
        private SortedMap<NodeId, NodeMemory> nodes;
        private SortedMap<Pool, PoolMemory> pools;
        private SortedMap<IntentId, Intent> intents;
        private List<Spending> spendings;
        private @Nullable LaunchBackOff launchBackOff;
        private SortedMap<ActionKind, Refusal> refusals;
        private SortedMap<ConditionName, Instant> conditions;
        private Holds holds;
        private Returns returns;
        private @Nullable Canary canary;
        private SortedMap<String, Lineage> lineages;
        private @Nullable MonthToDate month;
        private TemplateVersions versions;
        private Strangers strangers;

        private Copy(Memory of) {
            seen = of.seen;
            nodes = of.nodes;
            pools = of.pools;
            intents = of.intents;
            spendings = of.spendings;
            launchBackOff = of.launchBackOff;
            refusals = of.refusals;
            conditions = of.conditions;
            holds = of.holds;
            returns = of.returns;
            canary = of.canary;
            lineages = of.lineages;
            month = of.month;
            versions = of.versions;
            strangers = of.strangers;
        }
    }
}
