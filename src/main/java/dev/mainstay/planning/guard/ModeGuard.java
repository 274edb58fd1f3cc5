package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/**
 * Observe mode writes nothing. Quarantine mode launches what is missing, puts nodes into rotation and takes the sick out of
 * it; whatever else it would do ends in a termination, or in a node too many that is paid for and never terminated.
 */
final class ModeGuard implements Guard {
    @Override
    public GuardName name() {
        return GuardName.OBSERVE_MODE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        boolean forbidden = switch (situation.spec().mode()) {
            case OBSERVE -> true;
            case QUARANTINE -> !quarantines(action);
            case ACT -> false;
        };
        return Verdict.withholdIf(
                forbidden, new Reason.ModeForbids(situation.spec().mode().label()));
    }

    private static boolean quarantines(Action action) {
        return switch (action) {
            case Action.Launch launch -> launch.reason().voluntary().isEmpty();
            case Action.Register _ -> true;
            case Action.Deregister deregister -> deregister.reason().illness();
            case Action.EnterStandby standby -> standby.reason().illness();
            case Action.ExitStandby _, Action.SetGroupSize _, Action.CompleteHook _ -> true;
            case Action.Terminate _, Action.SetCreditMode _ -> false;
        };
    }
}
