package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Remedy;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * An exhausted node is not replaced by one that would start at zero too: AWS gives launch credits to only so many launches
 * a day. Source: EC2 User Guide, "Launch credit limits" (100 per account, region and rolling 24 hours). The launches of our
 * other clusters there count too.
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
        boolean forCredits = action.reason() instanceof Reason.Remedied remedied && remedied.remedy() == Remedy.REPLACE;
        Instant freeAt = Stream.concat(
                        Stream.of(situation.memory().freeAt(Budget.LAUNCH_CREDIT, situation.now())),
                        situation.observation().surroundings().endowedElsewhere().stream()
                                .map(at -> at.plus(Budget.LAUNCH_CREDIT.window())))
                .filter(free -> free.isAfter(situation.now()))
                .min(Instant::compareTo)
                .orElse(situation.now());
        return Verdict.withholdUntil(
                freeAt,
                forCredits && used >= limit,
                new Reason.BudgetSpent(
                        Budget.LAUNCH_CREDIT.label(), used, limit, Budget.LAUNCH_CREDIT.window(), freeAt));
    }
}
