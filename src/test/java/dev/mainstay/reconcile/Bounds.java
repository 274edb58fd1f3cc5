package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Withheld;
import dev.mainstay.simulation.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches what goes out, and says where a bound was broken: by what was there to be seen and by the simulated world, not by
 * what our own accounts say.
 */
final class Bounds {
    private static final Set<GuardName> BUDGETS =
            Set.of(GuardName.HEAL_BUDGET, GuardName.RETURN_BUDGET, GuardName.DISRUPTION_BUDGET);
    private static final Duration SOON = Duration.ofMinutes(30);
    private static final Duration FIRST_DWELL = Duration.ofMinutes(5);
    private static final Duration LONGEST_DWELL = Duration.ofMinutes(10);

    private final ClusterSpec spec;
    private final List<String> breaches = new ArrayList<>();
    /** Why each node was condemned, as it was last told. */
    private final Map<NodeId, Reason> condemned = new HashMap<>();

    /** The intents of nodes that were launched to try a shared fate, one beyond the maximum. */
    private final Set<String> canaries = new HashSet<>();

    private final Set<NodeId> ended = new HashSet<>();
    private final List<Duration> heals = new ArrayList<>();
    private final Map<Budget, List<Instant>> uses = new EnumMap<>(Budget.class);
    /** Nodes to which the cluster has switched, and when, until they are lost or have proved lasting. */
    private final Map<NodeId, Instant> fresh = new HashMap<>();

    private Duration dwell = Duration.ZERO;
    private Instant lostAgainAt = Instant.MIN;

    Bounds(ClusterSpec spec) {
        this.spec = spec;
    }

    List<String> breaches() {
        return breaches;
    }

    /** Judges one pass. */
    void judge(Pass pass) {
        List<String> found = new ArrayList<>();
        Canary canary = pass.memory().canary();
        if (canary != null && canary.intent() != null) {
            canaries.add(canary.intent().value());
        }
        pass.plan().conditions().stream()
                .filter(condition -> condition.name() == ConditionName.PLAN_REFUSED)
                .map(Condition::reason)
                .forEach(reason -> found.add("refused: " + reason));
        service(pass, found);
        youth(pass, found);
        gaps(pass, found);
        switches(pass, found);
        budgets(pass, found);
        pass.plan().nodes().forEach(this::remember);
        found.forEach(what -> breaches.add(pass.plan().at() + ": " + what));
    }

    /** Judges the world as it is after so long: what exists, and who was ended by us. */
    void judge(Collection<Machine> machines, Set<NodeId> endedByOthers, Duration elapsed) {
        List<Machine> alive = machines.stream().filter(Machine::alive).toList();
        boolean canary = alive.stream()
                .anyMatch(machine -> canaries.contains(machine.tags().get(Tags.INTENT)));
        int most = spec.capacity().max() + (canary ? 1 : 0);
        if (alive.size() > most) {
            breaches.add("%s: %d machines exist, over the maximum of %d".formatted(elapsed, alive.size(), most));
        }
        for (Machine machine : machines) {
            Machine.StateReason reason = machine.reason();
            boolean byUs = machine.state().ending()
                    && reason != null
                    && reason.code().equals("Client.UserInitiatedShutdown")
                    && !endedByOthers.contains(machine.id());
            if (byUs && ended.add(machine.id()) && forHealth(condemned.get(machine.id()))) {
                heals.add(elapsed);
            }
        }
        heals.removeIf(at -> elapsed.minus(at).compareTo(Budget.HEAL.window()) >= 0);
        if (heals.size() > Budget.HEAL.limit(spec)) {
            breaches.add("%s: %d sick or exhausted nodes ended within %s"
                    .formatted(elapsed, heals.size(), Budget.HEAL.window()));
            heals.clear();
        }
    }

    private static boolean forHealth(@Nullable Reason reason) {
        return reason != null && Removal.heals(reason);
    }

    private void remember(Standing node) {
        NodeMemory.Condemnation condemnation = node.memory().condemned();
        if (condemnation != null) {
            condemned.put(node.id(), condemnation.reason());
        } else {
            condemned.remove(node.id());
        }
    }

    /** Nothing of ours lowers what serves under the floor, or the on-demand nodes under the base, or acts while blind. */
    private void service(Pass pass, List<String> found) {
        Set<NodeId> removed = new HashSet<>();
        for (Outcome outcome : pass.outcomes()) {
            ActionKind kind = outcome.action().kind();
            if (kind.destructive() && !(outcome.result() instanceof Outcome.Result.Dropped)) {
                removed.add(outcome.action().subject().orElseThrow());
            }
        }
        if (!removed.isEmpty() && !pass.observation().sees()) {
            found.add("destroyed while blind: " + removed);
        }
        List<Node> serving =
                pass.observation().nodes().stream().filter(Bounds::serves).toList();
        List<Node> left =
                serving.stream().filter(node -> !removed.contains(node.id())).toList();
        // The floor does not hold what AWS takes within half a minute anyway; but one must be left.
        long taken = serving.stream()
                .filter(node -> removed.contains(node.id())
                        && takenSoon(node, pass.plan().at()))
                .count();
        boolean lowered = left.size() + taken < serving.size();
        boolean last = left.isEmpty() && !serving.isEmpty();
        if (lowered && left.size() + taken < spec.capacity().min() || last) {
            found.add("%d left in service after %s".formatted(left.size(), removed));
        }
        long onDemand = serving.stream().filter(Bounds::onDemand).count();
        long onDemandLeft = left.stream().filter(Bounds::onDemand).count();
        if (onDemandLeft < onDemand && onDemandLeft < spec.capacity().onDemandBase()) {
            found.add("%d on-demand left in service after %s".formatted(onDemandLeft, removed));
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

    /** No young node is given up for its health or its credits; a launch that failed is another matter. */
    private void youth(Pass pass, List<String> found) {
        Instant now = pass.plan().at();
        Map<NodeId, Instant> launched = new HashMap<>();
        pass.observation()
                .nodes()
                .forEach(node -> launched.put(node.id(), node.instance().launchedAt()));
        pass.plan().condemnations().forEach((id, reason) -> {
            Instant at = launched.getOrDefault(id, now);
            boolean young = at.plus(spec.guards().youngNode()).isAfter(now);
            if (young && Removal.heals(reason) && !(reason instanceof Reason.NeverHealthy)) {
                found.add("%s, launched at %s, is given up: %s".formatted(id, at, reason));
            }
        });
    }

    /** A gap is filled in the pass in which it is seen. No budget holds that back; only these few guards may. */
    private void gaps(Pass pass, List<String> found) {
        for (Withheld withheld : pass.plan().withheld()) {
            if (withheld.action() instanceof Action.Launch launch
                    && !launch.returning()
                    && BUDGETS.contains(withheld.guard())) {
                found.add("a launch that fills a gap is held back: " + withheld);
            }
        }
        boolean refused = pass.memory().pools().values().stream()
                .anyMatch(pool -> !pool.onDemandOpen(pass.plan().at()));
        boolean held = pass.plan().withheld().stream()
                .anyMatch(withheld -> withheld.action().kind() == ActionKind.LAUNCH);
        int counted =
                (int) pass.plan().nodes().stream().filter(Standing::counted).count();
        int launched = pass.plan().actions().stream()
                .mapToInt(action -> action instanceof Action.Launch launch ? launch.count() : 0)
                .sum();
        int open = pass.memory().intents().values().stream()
                .mapToInt(pass.memory()::unseen)
                .sum();
        int missing = spec.capacity().desired() - counted - launched - open;
        if (missing > 0 && !held && !refused && pass.observation().sees()) {
            found.add("%d are missing, and nothing is launched".formatted(missing));
        }
    }

    /** After a voluntary switch to spot that was soon lost again without notice there is none for a time, which doubles once. */
    private void switches(Pass pass, List<String> found) {
        Instant now = pass.plan().at();
        fresh.values().removeIf(at -> !at.plus(SOON).isAfter(now));
        fresh.keySet().removeIf(id -> told(pass.memory().nodes().get(id)));
        boolean lost = fresh.keySet().removeIf(id -> taken(pass.memory().nodes().get(id)));
        if (lost) {
            boolean another = lostAgainAt
                    .plus(dwell.compareTo(FIRST_DWELL) < 0 ? FIRST_DWELL : dwell)
                    .isBefore(now);
            boolean forgotten = lostAgainAt.plus(Duration.ofDays(1)).isBefore(now);
            dwell = forgotten ? FIRST_DWELL : another ? dwell.multipliedBy(2) : dwell;
            dwell = dwell.compareTo(LONGEST_DWELL) > 0 ? LONGEST_DWELL : dwell;
            lostAgainAt = now;
        }
        for (Outcome outcome : pass.outcomes()) {
            boolean made =
                    outcome.action() instanceof Action.Launch launch && launch.returning() && launch.resend() == null;
            if (!made || !(outcome.result() instanceof Outcome.Result.Done done)) {
                continue;
            }
            if (lostAgainAt.isBefore(now) && lostAgainAt.plus(dwell).isAfter(now)) {
                found.add("switched to spot %s after a switch was lost, with a dwell of %s"
                        .formatted(Duration.between(lostAgainAt, now), dwell));
            }
            done.launched().forEach(instance -> fresh.put(instance.id(), now));
        }
    }

    /** What was done of what may be done only so often, in any window that ends now. */
    private void budgets(Pass pass, List<String> found) {
        Instant now = pass.plan().at();
        for (Outcome outcome : pass.outcomes()) {
            if (outcome.result() instanceof Outcome.Result.Done) {
                outcome.action()
                        .spends()
                        .forEach((budget, count) -> uses.computeIfAbsent(budget, _ -> new ArrayList<>())
                                .addAll(Collections.nCopies(count, now)));
            }
        }
        uses.forEach((budget, times) -> {
            for (Budget.Limit limit : budget.binding() ? budget.limits(spec) : List.<Budget.Limit>of()) {
                long within = times.stream()
                        .filter(at -> at.plus(limit.window()).isAfter(now))
                        .count();
                if (within > limit.count()) {
                    found.add("%d uses of the budget %s within %s".formatted(within, budget, limit.window()));
                }
            }
        });
    }

    /** AWS has said that it takes it, in time for another. */
    private static boolean told(@Nullable NodeMemory node) {
        return node != null && node.notice() != null;
    }

    /** AWS has taken it. */
    private static boolean taken(@Nullable NodeMemory node) {
        if (node == null) {
            return false;
        }
        String reason = node.instance().stateReason();
        return node.lost() && reason != null && reason.startsWith("Server.Spot");
    }
}
