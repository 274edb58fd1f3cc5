package dev.mainstay.planning.check;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.MaintenanceWindow;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.cluster.Voluntary;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Holds;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Plan;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Strangers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The part of {@link PlanChecker} on what is to be done only so often, only at times, or not at all for a while. */
final class Restraint {
    private static final Duration ORPHANS_STAY = Duration.ofMinutes(15);

    private final ClusterSpec spec;
    private final Observation observation;
    private final Memory memory;
    private final Plan plan;
    private final Predicate<NodeMemory> serves;
    private final List<String> found = new ArrayList<>();

    private Restraint(
            ClusterSpec spec, Observation observation, Memory memory, Plan plan, Predicate<NodeMemory> serves) {
        this.spec = spec;
        this.observation = observation;
        this.memory = memory;
        this.plan = plan;
        this.serves = serves;
    }

    /** @param serves whether a node gets traffic now */
    static List<String> breaches(
            ClusterSpec spec, Observation observation, Memory memory, Plan plan, Predicate<NodeMemory> serves) {
        Restraint restraint = new Restraint(spec, observation, memory, plan, serves);
        restraint.budgets();
        restraint.pauses();
        restraint.deploys();
        restraint.windows();
        restraint.oneAtATime();
        restraint.orphans();
        restraint.rival();
        return restraint.found;
    }

    private void budgets() {
        for (Budget budget : List.of(Budget.HEAL, Budget.RETURN, Budget.DISRUPTION)) {
            int planned = plan.actions().stream()
                    .mapToInt(action -> action.spends().getOrDefault(budget, 0))
                    .sum();
            for (Budget.Limit limit : budget.limits(spec)) {
                int used = memory.spendings().stream()
                        .filter(use -> use.budget() == budget)
                        .filter(use -> use.at().isAfter(plan.at().minus(limit.window())))
                        .mapToInt(Memory.Spending::count)
                        .sum();
                if (planned > 0 && used + planned > limit.count()) {
                    found.add("%d uses of the %s budget of %d in %s"
                            .formatted(used + planned, budget.label(), limit.count(), limit.window()));
                }
            }
        }
    }

    private void pauses() {
        Surroundings.PauseFile file = observation.surroundings().pause();
        boolean byFile = file != null && (file.until() == null || plan.at().isBefore(file.until()));
        if ((byFile || holds(memory.holds().pause())) && !plan.actions().isEmpty()) {
            found.add("paused, and the plan has %d actions"
                    .formatted(plan.actions().size()));
        }
    }

    private void deploys() {
        if (!holds(memory.holds().deploy())) {
            return;
        }
        for (Action action : plan.actions()) {
            if (action.kind().destructive() && action.reason().illness() && inRotation(node(action))) {
                found.add("%s of %s for an illness, while a deploy runs"
                        .formatted(action.kind().label(), action.subject().orElseThrow()));
            }
        }
    }

    private boolean holds(Holds.@Nullable Hold hold) {
        return hold != null && plan.at().isBefore(hold.until());
    }

    /** What could wait waits, unless AWS does it before. Whoever gets no traffic may go at any time. */
    private void windows() {
        for (Action action : plan.actions()) {
            NodeMemory node = node(action);
            Voluntary why = action.reason().voluntary().orElse(null);
            if (why == null || node != null && !serves.test(node)) {
                continue;
            }
            List<MaintenanceWindow> windows = spec.guards().windows().stream()
                    .filter(window -> window.reasons().contains(why))
                    .toList();
            boolean shut = !windows.isEmpty() && windows.stream().noneMatch(window -> window.open(plan.at()));
            boolean forced = action.reason()
                    .forcedAt()
                    .filter(end -> windows.stream()
                            .noneMatch(window -> window.opensAt(plan.at()).isBefore(end)))
                    .isPresent();
            if (shut && !forced) {
                found.add("%s for a %s outside of its windows"
                        .formatted(action.kind().label(), why.label()));
            }
        }
    }

    /** A voluntary replacement leaves the rotation only when no other one is on its way out. */
    private void oneAtATime() {
        Set<NodeId> leaving = new HashSet<>();
        boolean begins = false;
        for (Action action : plan.actions()) {
            if (action.kind().destructive() && replaced(action.reason())) {
                leaving.add(action.subject().orElseThrow());
                begins |= inRotation(node(action));
            }
        }
        memory.nodes().values().stream()
                .filter(this::onItsWayOut)
                .forEach(node -> leaving.add(node.instance().id()));
        if (begins && leaving.size() > 1) {
            found.add("%d voluntary replacements at once".formatted(leaving.size()));
        }
    }

    /** Whoever was seen after its launch had been given up is given time to be missed. */
    private void orphans() {
        for (Action action : plan.actions()) {
            NodeMemory node = node(action);
            NodeMemory.Condemnation condemned = node == null ? null : node.condemned();
            if (action.kind().destructive()
                    && node != null
                    && condemned != null
                    && condemned.reason() instanceof Reason.Orphaned
                    && inRotation(node)
                    && !node.lost()
                    && plan.at().isBefore(condemned.since().plus(ORPHANS_STAY))) {
                found.add("%s of %s, an orphan since %s only"
                        .formatted(action.kind().label(), node.instance().id(), condemned.since()));
            }
        }
    }

    /** Beside another supervisor nothing is taken away, its nodes are not touched, and launches stop at the floor. */
    private void rival() {
        Strangers.Rival rival = memory.strangers().rival();
        if (rival == null) {
            return;
        }
        for (Action action : plan.actions()) {
            boolean theirs = action.subject()
                    .filter(id -> rival.claims().stream()
                            .anyMatch(claim -> claim.node().equals(id)))
                    .isPresent();
            if (theirs || action.kind() != ActionKind.LAUNCH && action.kind() != ActionKind.REGISTER) {
                found.add("%s of %s beside another supervisor"
                        .formatted(action.kind().label(), action.subject().orElseThrow()));
            }
        }
        int launched = plan.actions().stream()
                .mapToInt(action ->
                        action instanceof Action.Launch launch && launch.resend() == null ? launch.count() : 0)
                .sum();
        long there = memory.nodes().values().stream().filter(this::stays).count();
        if (launched > 0 && there + launched > spec.capacity().min()) {
            found.add("%d launched beside %d and another supervisor, over the floor of %d"
                    .formatted(launched, there, spec.capacity().min()));
        }
    }

    /** Serves, or will; a spot node only if it serves already, since it may be lost before. */
    private boolean stays(NodeMemory node) {
        boolean boots = node.instance().market() == Market.ON_DEMAND
                && node.health().firstHealthy() == null
                && !node.health().sick();
        return !node.lost()
                && node.terminatedAt() == null
                && node.drainingSince() == null
                && node.notice() == null
                && node.condemned() == null
                && node.heldSince() == null
                && node.keptSince() == null
                && !node.credits().resting()
                && (boots || serves.test(node));
    }

    private boolean onItsWayOut(NodeMemory node) {
        boolean stays = node.terminationRefused() != null || node.instance().isProtected(plan.at());
        boolean gone = node.lost() || node.terminatedAt() != null;
        return !stays
                && !gone
                && node.drainingSince() != null
                && node.condemned() != null
                && replaced(node.condemned().reason());
    }

    /** Whether it is a replacement, and not a switch of markets or pools, which has a budget of its own. */
    private static boolean replaced(Reason reason) {
        return reason.voluntary()
                .filter(why -> why != Voluntary.RETURN && why != Voluntary.MOVE)
                .isPresent();
    }

    private @Nullable NodeMemory node(Action action) {
        return action.subject().flatMap(memory::node).orElse(null);
    }

    private static boolean inRotation(@Nullable NodeMemory node) {
        return node != null && node.drainingSince() == null;
    }
}
