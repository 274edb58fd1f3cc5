package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** Observe mode writes nothing; quarantine mode terminates nothing and changes no node. */
final class ModeGuard implements Guard {
    @Override
    public GuardName name() {
        return GuardName.OBSERVE_MODE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        boolean forbidden = switch (situation.spec().mode()) {
            case OBSERVE -> true;
            case QUARANTINE -> action.kind() == ActionKind.TERMINATE || action.kind() == ActionKind.SET_CREDIT_MODE;
            case ACT -> false;
        };
        return Verdict.withholdIf(
                forbidden, new Reason.ModeForbids(situation.spec().mode().label()));
    }
}
