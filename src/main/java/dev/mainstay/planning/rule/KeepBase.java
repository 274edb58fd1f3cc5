package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;

/** Where fewer on-demand nodes count than the base, on-demand is launched, even if spot would fill the number. */
final class KeepBase implements Rule {
    @Override
    public RuleName name() {
        return RuleName.KEEP_BASE;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int base = situation.spec().capacity().onDemandBase();
        int counted = draft.countedOnDemand();
        Reason reason = new Reason.BaseMissing(counted, base);
        Launches launches = new Launches(situation, draft);
        for (int missing = base - counted; missing > 0 && launches.addOnDemand(reason); missing--) {}
        launches.draft(Role.BASE, false);
    }
}
