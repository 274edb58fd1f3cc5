package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What follows for the whole memory from an observation. */
final class Recollection {
    /** A launch without an answer is asked for again for so long; then it is given up. */
    static final Duration RESENT_FOR = Duration.ofMinutes(10);

    /** Credit modes are read every five minutes: by then it is seen whether a change without an answer was made. */
    private static final Duration MODE_SEEN_WITHIN = Duration.ofMinutes(10);

    private static final Duration ABANDONED_KEPT = Duration.ofHours(24);
    /** Long enough to be read about; EC2 itself lists an ended instance for about an hour. */
    private static final Duration LOST_KEPT = Duration.ofMinutes(15);

    /** Source: EC2 API reference, "StateReason". */
    private static final String NO_ROOM = "Server.InsufficientInstanceCapacity";

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    private final ClusterSpec spec;
    private final Observation observation;
    private final Instant now;
    private final SortedMap<NodeId, NodeMemory> nodes;
    private final SortedMap<Pool, PoolMemory> pools;
    private final SortedMap<IntentId, Intent> intents;
    private final Lineages lineages;
    private final Newcomers newcomers;
    private SortedMap<String, Lineage> remedied;
    private Memory.@Nullable LaunchBackOff launchBackOff;
    private Returns returns;
    private TemplateVersions versions;

    private Recollection(ClusterSpec spec, Memory memory, Observation observation) {
        this.spec = spec;
        this.observation = observation;
        this.now = observation.at().wall();
        this.nodes = new TreeMap<>(memory.nodes());
        this.pools = new TreeMap<>(memory.pools());
        this.intents = memory.intents();
        this.lineages = new Lineages(memory.nodes().values(), memory.lineages());
        this.newcomers = new Newcomers(memory, now);
        this.remedied = memory.lineages();
        this.launchBackOff = memory.launchBackOff();
        this.returns = memory.returns();
        this.versions = memory.versions();
    }

    static Memory of(ClusterSpec spec, Memory memory, Observation observation) {
        Instant now = observation.at().wall();
        Memory known = memory.seen() != null && memory.seen().wall().isAfter(now) ? SetBack.to(now, memory) : memory;
        return new Recollection(spec, known, observation).apply(known);
    }

    private Memory apply(Memory memory) {
        if (memory.seen() != null && unwatched(memory.seen(), observation.at())) {
            restartTimers(memory.seen());
        }
        returns = returns.after(now);
        if (observation.gap(Gap.Source.INSTANCES).isEmpty()) {
            recollectNodes();
            recollectModes(memory);
        }
        Strangers strangers = newcomers.strangers(nodes);
        Memory after = memory.withSeen(observation.sees() ? Memory.Seen.at(observation.at()) : memory.seen())
                .withNodes(nodes)
                .withPools(pools)
                .withIntents(intents(memory.intents()))
                .withSpendings(spendings(memory))
                .withHolds(memory.holds().at(now))
                .withLaunchBackOff(launchBackOff)
                .withReturns(returns)
                .withVersions(versions)
                .withStrangers(strangers)
                .withLineages(Lineages.recent(remedied, nodes.values(), now))
                .withRefusals(refusals(memory));
        return after.withCanary(CanaryRecollection.of(spec, observation, after));
    }

    /**
     * The uses of budgets that still count. At the first sight of a new journal, nodes with an intent that it does not know
     * mean that an older journal was lost, and with it what had been used: so everything counts as used.
     */
    private List<Memory.Spending> spendings(Memory memory) {
        boolean journalLost = memory.seen() == null
                && observation.nodes().stream()
                        .flatMap(node -> node.instance().intent().stream())
                        .anyMatch(intent -> !memory.intents().containsKey(intent));
        if (journalLost && memory.spendings().isEmpty()) {
            return Stream.of(Budget.values())
                    .map(budget -> new Memory.Spending(budget, now, budget.limit(spec)))
                    .toList();
        }
        return Stream.concat(effective(memory).stream(), LaunchCreditsGiven.learned(spec, observation, memory).stream())
                .filter(spending ->
                        spending.at().plus(spending.budget().window()).isAfter(now))
                .toList();
    }

    /**
     * Whether nobody watched between the two: too long a time passed, or the wall clock and the monotonic one disagree
     * about how long, as after a clock step or a frozen machine.
     */
    private boolean unwatched(Memory.Seen before, Moment after) {
        Duration wall = Duration.between(before.wall(), after.wall());
        if (wall.compareTo(spec.longestLook()) > 0 || wall.isNegative()) {
            return true;
        }
        return before.uptime() != null
                && after.uptime().minus(before.uptime()).minus(wall).abs().compareTo(CLOCK_TOLERANCE) > 0;
    }

    private void restartTimers(Memory.Seen last) {
        returns = returns.restarted(now);
        nodes.replaceAll((id, node) -> {
            boolean young = node.startedAt().plus(spec.guards().youngNode()).isAfter(last.wall());
            NodeMemory restarted = node.with(node.health().restarted(now)).orphanedAnew(now);
            if (young || node.health().firstHealthy() == null) {
                restarted = restarted.metAgain(now);
            }
            if (restarted.drainingSince() != null) {
                restarted = restarted.withDraining(now);
            }
            if (restarted.credits().exhaustedSince() != null) {
                restarted = restarted.with(restarted.credits().withExhausted(now));
            }
            return restarted.missing() == null
                    ? restarted
                    : restarted.withMissing(new NodeMemory.Missing(now, 0, false));
        });
    }

    private void recollectNodes() {
        NodeRecollection recollection = new NodeRecollection(spec, observation);
        Map<NodeId, Node> listed = new HashMap<>();
        observation.nodes().forEach(node -> listed.put(node.id(), node));
        for (Node node : observation.nodes()) {
            NodeMemory before = nodes.get(node.id());
            if (before == null && node.instance().state().ending()) {
                continue; // ended before we knew of it: nothing to remember
            }
            if (before == null && returning(node.instance())) {
                returns = returns.launched(node.id(), now);
            }
            NodeMemory known = before == null ? newcomers.met(met(node)) : before;
            follow(known, recollection.listed(known, node));
        }
        for (NodeMemory before : List.copyOf(nodes.values())) {
            NodeId id = before.instance().id();
            if (listed.containsKey(id)) {
                continue;
            }
            NodeMemory after = recollection.unlisted(before);
            if (before.lost()) {
                newcomers.forgotten(before);
                nodes.remove(id);
            } else {
                follow(before, after);
            }
        }
        KeptNode.choose(spec, nodes, now);
        nodes.values().removeIf(node -> {
            boolean over = node.lostAt() != null
                    && node.instance().state().ending()
                    && !node.lostAt().plus(LOST_KEPT).isAfter(now);
            if (over) {
                newcomers.forgotten(node);
            }
            return over;
        });
        takeInOrphans();
    }

    /** An orphan is taken in where a node is missing: better one that nobody waited for than another launch. */
    private void takeInOrphans() {
        List<NodeMemory> orphans = nodes.values().stream()
                .filter(node -> node.orphaned() && !node.lost() && node.drainingSince() == null)
                .filter(node -> node.terminatedAt() == null)
                .toList();
        if (orphans.isEmpty()) {
            return;
        }
        Memory known = Memory.born(now).withNodes(nodes);
        int unseen = intents.values().stream().mapToInt(known::unseen).sum();
        long there = nodes.values().stream().filter(Recollection::stays).count();
        orphans.stream()
                .limit(Math.max(0, spec.capacity().desired() - there - unseen))
                .forEach(node -> nodes.put(node.instance().id(), node.withCondemned(null)));
    }

    private static boolean stays(NodeMemory node) {
        return !node.lost()
                && node.terminatedAt() == null
                && node.condemned() == null
                && node.drainingSince() == null
                && node.notice() == null
                && node.heldSince() == null
                && node.keptSince() == null;
    }

    /** A change of credit mode that is seen to be made is ours, though its answer never came: it is ours to take back. */
    private void recollectModes(Memory memory) {
        for (Intent intent : memory.intents().values()) {
            if (intent.action() instanceof Action.SetCreditMode change && doubtful(change, intent) && seen(change)) {
                nodes.computeIfPresent(change.node(), (id, node) -> node.switched(change.mode(), intent.madeAt()));
                remedied = Lineages.remedied(remedied, change.reason(), nodes.get(change.node()), intent.madeAt());
            }
        }
    }

    private boolean seen(Action.SetCreditMode change) {
        return observation.nodes().stream()
                .anyMatch(node -> node.id().equals(change.node()) && node.creditMode() == change.mode());
    }

    /** Whether it is still open if this was done. */
    private boolean doubtful(Action.SetCreditMode change, Intent intent) {
        NodeMemory node = nodes.get(change.node());
        return node != null
                && intent.madeAt().plus(MODE_SEEN_WITHIN).isAfter(now)
                && node.credits()
                        .lastFlip()
                        .filter(flip -> !flip.at().isBefore(intent.madeAt()))
                        .isEmpty();
    }

    private NodeMemory met(Node node) {
        boolean promoted = node.instance().type().equals(spec.credits().fallbackType());
        return lineages.continued(NodeMemory.of(node.instance(), now), promoted);
    }

    /** Stores the node's new memory, and what its change says of its pool and of our launches. */
    private void follow(NodeMemory before, NodeMemory after) {
        nodes.put(after.instance().id(), after.equals(before) ? before : after);
        Instance instance = after.instance();
        boolean newNotice = before.notice() == null && after.notice() != null;
        boolean newlyLost = !before.lost() && after.lost();
        boolean taken = newlyLost && before.notice() == null && spotInterruption(instance);
        if (instance.market() == Market.SPOT && (newNotice || taken)) {
            pool(instance.pool(), pool -> pool.lost(now));
        }
        boolean atOnce = newNotice && Returns.tooShort(after.firstSeen(), now);
        if (instance.market() == Market.SPOT && (taken || atOnce)) {
            // With a notice another is launched in time: that costs a changeover, which a node that served a while has
            // paid for.
            returns = returns.lost(instance.id(), after.firstSeen(), now);
        }
        if (instance.market() == Market.SPOT && newlyLost) {
            pool(instance.pool(), pool -> pool.left(instance.launchedAt(), now));
        }
        boolean neverServed = after.health().firstHealthy() == null;
        if (newlyLost
                && neverServed
                && after.terminatedAt() == null
                && after.notice() == null
                && !spotInterruption(instance)) {
            endedUnserved(instance);
        }
        if (before.health().firstHealthy() == null && !neverServed) {
            launchBackOff = null;
            versions = versions.healthy(instance.templateVersion());
        }
    }

    /**
     * EC2 accepted the launch, and ended the node before it served. Where that was for want of room it is a refusal that came
     * late; anything else is a launch that failed.
     */
    private void endedUnserved(Instance instance) {
        if (NO_ROOM.equals(instance.stateReason())) {
            pool(
                    instance.pool(),
                    pool -> instance.market() == Market.SPOT ? pool.refused(now) : pool.onDemandRefused(now));
        } else {
            launchBackOff = Memory.LaunchBackOff.after(launchBackOff, now);
            versions = versions.failing(instance.templateVersion(), now);
        }
    }

    /** Whether it was launched by a switch to spot whose answer was lost. */
    private boolean returning(Instance instance) {
        return instance.intent()
                .flatMap(id -> Optional.ofNullable(intents.get(id)))
                .filter(intent -> intent.action() instanceof Action.Launch launch && launch.returning())
                .isPresent();
    }

    private static boolean spotInterruption(Instance instance) {
        String reason = instance.stateReason();
        return reason != null && reason.startsWith("Server.Spot");
    }

    private void pool(Pool pool, UnaryOperator<PoolMemory> change) {
        pools.merge(pool, change.apply(PoolMemory.NONE), (known, fresh) -> change.apply(known));
    }

    /** What was refused long ago is no news: either it is refused again, or nobody asks any more. */
    private SortedMap<ActionKind, Refusal> refusals(Memory memory) {
        SortedMap<ActionKind, Refusal> recent = new TreeMap<>(memory.refusals());
        recent.values().removeIf(refusal -> !refusal.holds(now));
        return recent;
    }

    /** The uses of budgets, without those of terminations whose answer was lost and that, as is seen now, did nothing. */
    private List<Memory.Spending> effective(Memory memory) {
        List<Memory.Spending> spendings = new ArrayList<>(memory.spendings());
        if (observation.gap(Gap.Source.INSTANCES).isPresent()) {
            return spendings;
        }
        for (Intent intent : memory.intents().values()) {
            NodeMemory node =
                    intent.action() instanceof Action.Terminate terminate ? nodes.get(terminate.node()) : null;
            if (node != null && !node.lost()) {
                intent.action()
                        .spends()
                        .forEach((budget, count) ->
                                spendings.remove(new Memory.Spending(budget, intent.madeAt(), count)));
            }
        }
        return spendings;
    }

    /**
     * A launch whose nodes are all listed is answered, whether or not its answer ever came: of several, some may be listed
     * before the others. One that stays invisible is given up, and remembered for a day as given up. Other writes are
     * judged by the world as it now is.
     */
    private SortedMap<IntentId, Intent> intents(SortedMap<IntentId, Intent> before) {
        Map<IntentId, Integer> visible = new HashMap<>();
        nodes.values().forEach(node -> node.instance().intent().ifPresent(id -> visible.merge(id, 1, Integer::sum)));
        List<Intent> kept = new ArrayList<>();
        for (Intent intent : before.values()) {
            if (intent.action() instanceof Action.Terminate
                    && observation.gap(Gap.Source.INSTANCES).isPresent()) {
                kept.add(intent); // it cannot be seen yet what became of it
                continue;
            }
            if (intent.action() instanceof Action.SetCreditMode change && doubtful(change, intent)) {
                kept.add(intent);
                continue;
            }
            if (!(intent.action() instanceof Action.Launch launch)
                    || visible.getOrDefault(intent.id(), 0) >= launch.count() && intent.open()) {
                continue;
            }
            if (intent.open() && !intent.madeAt().plus(RESENT_FOR).isAfter(now)) {
                kept.add(new Intent(intent.id(), intent.action(), intent.madeAt(), now));
            } else if (intent.abandonedAt() == null
                    || intent.abandonedAt().plus(ABANDONED_KEPT).isAfter(now)) {
                kept.add(intent);
            }
        }
        SortedMap<IntentId, Intent> after = new TreeMap<>();
        kept.forEach(intent -> after.put(intent.id(), intent));
        return after;
    }
}
