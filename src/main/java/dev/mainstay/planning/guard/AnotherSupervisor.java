package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Strangers;

/**
 * Someone else supervises this cluster: two that heal each other's nodes must not fight. What is missing to the floor is
 * launched, their nodes counted, and ours are put into rotation; nothing else, for however long it takes a person to come.
 */
final class AnotherSupervisor implements Guard {
    @Override
    public GuardName name() {
        return GuardName.ANOTHER_SUPERVISOR;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Strangers.Rival rival = situation.memory().strangers().rival();
        if (rival == null) {
            return Verdict.PASS;
        }
        Reason reason = new Reason.AnotherSupervisor(rival.nodes(), rival.since());
        return switch (action) {
            // A call is repeated as it was, or not at all; what it may have made already counts as there.
            case Action.Launch launch
            when launch.resend() != null -> Verdict.withholdIf(draft.missingToFloor() + launch.count() <= 0, reason);
            case Action.Launch launch -> Verdict.room(draft.missingToFloor(), launch.count(), reason);
            case Action.Register register -> Verdict.withholdIf(rival.has(register.node()), reason);
            case Action.SetGroupSize _ -> Verdict.withholdIf(draft.missingToFloor() <= 0, reason);
            case Action.CompleteHook _ -> Verdict.PASS;
            case Action.Deregister _,
                    Action.Terminate _,
                    Action.SetCreditMode _,
                    Action.EnterStandby _,
                    Action.ExitStandby _ -> new Verdict.Withhold(reason);
        };
    }
}
