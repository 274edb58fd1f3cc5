package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** Nothing of ours takes the number of on-demand nodes in service below the base. */
final class BaseGuard implements Guard {
    @Override
    public GuardName name() {
        return GuardName.BASE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        if (!action.kind().destructive()) {
            return Verdict.PASS;
        }
        int base = situation.spec().capacity().onDemandBase();
        boolean serves = action.subject()
                .map(situation.standings()::get)
                .filter(node -> node.mightServe() && node.onDemand())
                .isPresent();
        return Verdict.withholdIf(
                serves && draft.onDemandInServiceAfter() - 1 < base,
                new Reason.AtBase(draft.onDemandInServiceAfter(), base));
    }
}
