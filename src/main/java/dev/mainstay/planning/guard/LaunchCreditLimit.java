package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Instant;

/**
 * An exhausted node is not replaced by one that would start at zero too: AWS gives launch credits to only so many launches
 * a day. Source: EC2 User Guide, "Launch credit limits" (100 per account, region and rolling 24 hours).
 */
final class LaunchCreditLimit implements Guard {
    @Override
    public GuardName name() {
        return GuardName.LAUNCH_CREDIT_LIMIT;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        int used = draft.spent(Budget.LAUNCH_CREDIT);
        int limit = Budget.LAUNCH_CREDIT.limit(situation.spec());
        boolean forCredits = action.reason() instanceof Reason.CreditsExhausted;
        Instant freeAt = situation.memory().freeAt(Budget.LAUNCH_CREDIT, situation.now());
        return Verdict.withholdUntil(
                freeAt,
                forCredits && used >= limit,
                new Reason.BudgetSpent(
                        Budget.LAUNCH_CREDIT.label(), used, limit, Budget.LAUNCH_CREDIT.window(), freeAt));
    }
}
