package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Bill;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** The machines must not cost more than the cap; what is missing to the floor is launched all the same. */
final class SpendingCap implements Guard {
    @Override
    public GuardName name() {
        return GuardName.SPENDING_CAP;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Double cap = situation.spec().guards().usdPerHour();
        if (!(action instanceof Action.Launch launch) || launch.resend() != null || cap == null) {
            return Verdict.PASS;
        }
        Bill bill = new Bill(situation);
        double each = bill.estimate(launch.market(), launch.pool());
        double before = bill.estimate()
                + draft.assumed().stream()
                        .mapToDouble(drafted -> drafted instanceof Action.Launch other && other.resend() == null
                                ? other.count() * bill.estimate(other.market(), other.pool())
                                : 0)
                        .sum();
        int affordable = each <= 0 ? launch.count() : (int) Math.floor((cap - before) / each + 1e-9);
        return Verdict.room(
                Math.max(affordable, draft.missingToFloor()),
                launch.count(),
                new Reason.OverSpending(
                        before + each * launch.count(), cap, !bill.known(launch.market(), launch.pool())));
    }
}
