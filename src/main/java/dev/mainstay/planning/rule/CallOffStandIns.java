package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;

/** A stand-in that still boots when enough nodes serve without it is called off: it would be surplus on arrival. */
final class CallOffStandIns implements Rule {
    @Override
    public RuleName name() {
        return RuleName.CALL_OFF_STAND_INS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        int serving = (int) situation.nodes().stream()
                .filter(node -> node.phase() == Phase.IN_SERVICE && draft.isCounted(node))
                .count();
        int standIns = situation.standIns(draft.countedOnDemand());
        if (serving < desired) {
            return;
        }
        situation.nodes().stream()
                .filter(node -> node.phase() == Phase.COMING && node.onDemand() && node.seen() != null)
                .filter(node -> draft.isCounted(node) && !draft.isBusy(node))
                .limit(standIns)
                .forEach(node -> callOff(node, new Reason.StandInNotNeeded(serving, desired), draft));
    }

    private static void callOff(Standing node, Reason reason, Draft draft) {
        draft.want(TakeOut.of(node, reason));
    }
}
