package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Budgets;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.Optional;

/**
 * Replacing a node that serves well, for a reason that could wait: one at a time, so that the next one begins only when the
 * last one is seen done, and only so often in an hour and in a day. Asked when the node is given up, so that nothing is
 * launched for one that must stay, and again at each step of its way out.
 */
final class DisruptionBudget implements Guard {
    @Override
    public GuardName name() {
        return GuardName.DISRUPTION_BUDGET;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        boolean disrupts = action.kind().destructive() && Removal.disrupts(action.reason());
        if (!disrupts) {
            return Verdict.PASS;
        }
        Standing node = action.subject().map(situation.standings()::get).orElse(null);
        Optional<Standing> other = node == null
                ? Optional.empty()
                : situation.nodes().stream()
                        .filter(each -> !each.id().equals(node.id()) && isBefore(each, node, situation, draft))
                        .findFirst();
        if (other.isPresent()) {
            return new Verdict.Withhold(new Reason.OneAtATime(other.get().id()));
        }
        return Budgets.objection(
                        situation.spec(),
                        situation.memory(),
                        Budget.DISRUPTION,
                        draft.pledged(Budget.DISRUPTION),
                        1,
                        situation.now())
                .<Verdict>map(spent -> new Verdict.Withhold(spent, spent.freeAt()))
                .orElse(Verdict.PASS);
    }

    /**
     * Whether the other goes first: with the same step or a later one behind it. A node that cannot go, because it is
     * protected, keeps nobody waiting.
     */
    private static boolean isBefore(Standing other, Standing node, Situation situation, Draft draft) {
        boolean replaced = draft.condemnation(other).filter(Removal::disrupts).isPresent();
        boolean stays = other.memory().instance().isProtected(situation.now());
        if (!replaced || stays || !other.exists()) {
            return false;
        }
        boolean leaves = other.leaving()
                || draft.assumed().stream()
                        .anyMatch(action -> action.kind().destructive()
                                && action.subject().filter(other.id()::equals).isPresent());
        return node.phase() != Phase.DRAINING && (leaves || !draft.isCondemned(node));
    }
}
