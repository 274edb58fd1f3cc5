package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Instant;

/** What may be done only so often in a while. */
final class BudgetGuard implements Guard {
    private final Budget budget;
    private final GuardName name;

    BudgetGuard(Budget budget, GuardName name) {
        this.budget = budget;
        this.name = name;
    }

    @Override
    public GuardName name() {
        return name;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        int uses = action.spends().getOrDefault(budget, 0);
        int limit = budget.limit(situation.spec());
        int used = draft.spent(budget);
        if (uses == 0 || used + uses <= limit) {
            return Verdict.PASS;
        }
        Instant freeAt = situation.memory().freeAt(budget, situation.now());
        return new Verdict.Withhold(
                new Reason.BudgetSpent(budget.label(), used, limit, budget.window(), freeAt), freeAt);
    }
}
