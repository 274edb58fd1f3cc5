package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Budgets;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.Situation;
import org.jspecify.annotations.Nullable;

/**
 * A sick or exhausted node is taken out of rotation only if the heal budget will allow its termination: otherwise it would
 * stand by, drained and paid for, until the budget is free again. In quarantine mode nobody is terminated, so nobody waits.
 */
final class HealBudgetAhead implements Guard {
    @Override
    public GuardName name() {
        return GuardName.HEAL_BUDGET;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        if (!leadsToHeal(action) || situation.spec().mode() == Mode.QUARANTINE) {
            return Verdict.PASS;
        }
        int underWay = (int) situation.draining().stream()
                .filter(node -> heals(node.memory().condemned()))
                .count();
        int drafted = (int)
                draft.assumed().stream().filter(HealBudgetAhead::leadsToHeal).count();
        return Budgets.objection(
                        situation.spec(), situation.memory(), Budget.HEAL, underWay + drafted, 1, situation.now())
                .<Verdict>map(spent -> new Verdict.Withhold(spent, spent.freeAt()))
                .orElse(Verdict.PASS);
    }

    private static boolean leadsToHeal(Action action) {
        return action instanceof Action.Deregister && Removal.heals(action.reason());
    }

    private static boolean heals(NodeMemory.@Nullable Condemnation condemned) {
        return condemned != null && Removal.heals(condemned.reason());
    }
}
