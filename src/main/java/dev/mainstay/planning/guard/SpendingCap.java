package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Bill;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.MonthToDate;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/**
 * The machines must not cost more than the cap of an hour, nor, with what was spent so far and if what is here to stay stays
 * to its end, than that of the month; what is missing to the floor is launched all the same. A return to spot lowers the
 * month's bill, so only the hour's cap is asked about it.
 */
final class SpendingCap implements Guard {
    /** A launch that just fits must not fail for the last bit of a sum. */
    private static final double ROUNDING = 1e-9;

    @Override
    public GuardName name() {
        return GuardName.SPENDING_CAP;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        double each = each(action, draft.bill());
        if (each <= 0) {
            return Verdict.PASS;
        }
        Verdict hour = hour(action, each, situation, draft);
        boolean cheaper = action instanceof Action.Launch launch && launch.returning();
        return hour.equals(Verdict.PASS) && !cheaper ? month(action, each, situation, draft) : hour;
    }

    private static Verdict hour(Action action, double each, Situation situation, Draft draft) {
        Double cap = situation.spec().guards().usdPerHour();
        if (cap == null) {
            return Verdict.PASS;
        }
        double before = draft.bill().estimate() + draft.bill().added(draft.assumed());
        return verdict(
                action,
                (cap - before) / each,
                draft,
                new Reason.OverSpending(before + each * count(action), cap, !known(action, draft.bill())));
    }

    private static Verdict month(Action action, double each, Situation situation, Draft draft) {
        Double cap = situation.spec().guards().usdPerMonth();
        MonthToDate spent = draft.bill().month();
        if (cap == null || spent == null) {
            return Verdict.PASS;
        }
        double hours = MonthToDate.hoursLeft(situation.now());
        double staying = draft.bill().staying(draft) + draft.bill().added(draft.assumed());
        double before = spent.usdBy(situation.now()) + staying * hours;
        return verdict(
                action,
                before > cap ? 0 : (cap - before) / (each * hours),
                draft,
                new Reason.OverMonth(before + each * count(action) * hours, cap, !known(action, draft.bill())));
    }

    private static Verdict verdict(Action action, double affordable, Draft draft, Reason reason) {
        int room = (int) Math.floor(affordable + ROUNDING);
        return action instanceof Action.Launch launch
                ? Verdict.room(Math.max(room, draft.missingToFloor()), launch.count(), reason)
                : Verdict.withholdIf(room < 1, reason);
    }

    private static double each(Action action, Bill bill) {
        return bill.estimate(action) / count(action);
    }

    private static int count(Action action) {
        return action instanceof Action.Launch launch ? launch.count() : 1;
    }

    /** What a node will use in unlimited mode is never known. */
    private static boolean known(Action action, Bill bill) {
        return action instanceof Action.Launch launch
                && launch.pools().stream().allMatch(pool -> bill.known(launch.market(), pool));
    }
}
