package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Budgets;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Situation;

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
        return Budgets.objection(
                        situation.spec(), situation.memory(), budget, draft.pledged(budget), uses, situation.now())
                .<Verdict>map(spent -> new Verdict.Withhold(spent, spent.freeAt()))
                .orElse(Verdict.PASS);
    }
}
