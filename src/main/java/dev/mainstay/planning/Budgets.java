package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is left of the budgets. Asked when an action is planned, and again when it is about to go out. */
public final class Budgets {
    private Budgets() {}

    /** Why these actions' budgets do not allow this one; empty where they do. */
    public static Optional<Reason.BudgetSpent> objection(ClusterSpec spec, Memory memory, Action action, Instant now) {
        return action.spends().entrySet().stream()
                .filter(spent -> spent.getKey().binding())
                .flatMap(spent -> objection(spec, memory, spent.getKey(), 0, spent.getValue(), now).stream())
                .findFirst();
    }

    /**
     * Why a budget does not allow so many more uses; empty where it does.
     *
     * @param pledged uses that are decided on and not yet in the memory
     */
    public static Optional<Reason.BudgetSpent> objection(
            ClusterSpec spec, Memory memory, Budget budget, int pledged, int uses, Instant now) {
        return budget.limits(spec).stream()
                .filter(limit ->
                        uses > 0 && spent(memory, budget, limit.window(), now) + pledged + uses > limit.count())
                .map(limit -> new Reason.BudgetSpent(
                        budget.label(),
                        spent(memory, budget, limit.window(), now) + pledged,
                        limit.count(),
                        limit.window(),
                        freeAt(memory, budget, limit, pledged + uses, now)))
                // Of several that are broken, the one that is so the longest.
                .max(Comparator.comparing(spent -> spent.freeAt() == null ? Instant.MAX : spent.freeAt()));
    }

    private static int spent(Memory memory, Budget budget, Duration window, Instant now) {
        return of(memory, budget).stream()
                .filter(spending -> spending.at().plus(window).isAfter(now))
                .mapToInt(Memory.Spending::count)
                .sum();
    }

    /**
     * When enough earlier uses have left the window; at the latest when the pledged ones have, too. Null where the budget
     * allows nothing at all.
     */
    private static @Nullable Instant freeAt(Memory memory, Budget budget, Budget.Limit limit, int uses, Instant now) {
        if (limit.count() == 0) {
            return null;
        }
        return of(memory, budget).stream()
                .map(spending -> spending.at().plus(limit.window()))
                .filter(end -> end.isAfter(now))
                .sorted()
                .filter(end -> spent(memory, budget, limit.window(), end) + uses <= limit.count())
                .findFirst()
                .orElse(now.plus(limit.window()));
    }

    private static List<Memory.Spending> of(Memory memory, Budget budget) {
        return memory.spendings().stream()
                .filter(spending -> spending.budget() == budget)
                .toList();
    }
}
