package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallSubjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * I6: what may be done only so often is done no oftener, over crashes and lost answers too. Counted is what took effect in
 * the world, in windows of the daemon's wall clock.
 */
final class WithinBudgets implements Invariant {
    private final Scene scene;
    private final Map<Window, List<Instant>> uses = new HashMap<>();
    private final Set<NodeId> ended = new HashSet<>();
    private final Set<NodeId> running = new HashSet<>();

    WithinBudgets(Scene scene) {
        this.scene = scene;
    }

    @Override
    public String name() {
        return "I6 within the budgets";
    }

    @Override
    public @Nullable String before(Call call) {
        if (Writes.kind(call).filter(ActionKind.TERMINATE::equals).isPresent()) {
            running.clear();
            CallSubjects.nodes(call).stream()
                    .filter(id -> scene.machine(id).filter(Machine::alive).isPresent())
                    .forEach(running::add);
        }
        return null;
    }

    @Override
    public @Nullable String after(Call call) {
        if (Writes.kind(call).filter(ActionKind.TERMINATE::equals).isEmpty()) {
            return null;
        }
        for (NodeId id : running) {
            boolean byUs = scene.machine(id).filter(Machine::alive).isEmpty() && ended.add(id);
            Optional<Action> action = scene.journal().lastOf(id).map(Intent::action);
            if (byUs && action.isPresent()) {
                String breach = use(action.get());
                if (breach != null) {
                    return breach;
                }
            }
        }
        return null;
    }

    /** What has left its window once does not come back with a clock that is set back; what is still to come happens now. */
    @Override
    public @Nullable String pass(Pass pass) {
        Instant now = pass.plan().at();
        uses.forEach((window, times) -> {
            times.removeIf(at -> !at.plus(window.limit().window()).isAfter(now));
            times.replaceAll(at -> at.isAfter(now) ? now : at);
        });
        return null;
    }

    private record Window(Budget budget, Budget.Limit limit) {}

    private @Nullable String use(Action action) {
        Instant now = scene.wall();
        for (Map.Entry<Budget, Integer> spent : action.spends().entrySet()) {
            Budget budget = spent.getKey();
            for (Budget.Limit limit : budget.binding() ? budget.limits(scene.spec()) : List.<Budget.Limit>of()) {
                List<Instant> times = uses.computeIfAbsent(new Window(budget, limit), _ -> new ArrayList<>());
                times.addAll(Collections.nCopies(spent.getValue(), now));
                long within = times.stream()
                        .filter(at -> at.plus(limit.window()).isAfter(now))
                        .count();
                if (within > limit.count()) {
                    return "%d uses of the budget %s within %s, where %d are allowed"
                            .formatted(within, budget.label(), limit.window(), limit.count());
                }
            }
        }
        return null;
    }
}
