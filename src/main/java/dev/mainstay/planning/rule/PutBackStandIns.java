package dev.mainstay.planning.rule;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.TreeSet;

/**
 * An on-demand node that drains because it was one too many, and is missed after all, goes back into rotation: it serves
 * within seconds, where a launch takes minutes. It may be a stand-in again; how spot returns is other rules' matter.
 */
final class PutBackStandIns implements Rule {
    @Override
    public RuleName name() {
        return RuleName.PUT_BACK_STAND_INS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        int base = situation.spec().capacity().onDemandBase();
        for (Standing node : situation.draining()) {
            boolean missing = draft.counted() < desired || draft.countedOnDemand() < base;
            if (missing && node.onDemand() && wasSurplus(node) && sound(node)) {
                draft.putBack(new Action.Register(
                        node.id(),
                        new TreeSet<>(situation.spec().targetGroups()),
                        new Reason.NeededAgain(draft.counted(), desired)));
            }
        }
    }

    private static boolean wasSurplus(Standing node) {
        NodeMemory.Condemnation condemned = node.memory().condemned();
        return condemned != null
                && switch (condemned.reason()) {
                    case Reason.StandInNotNeeded _, Reason.MoreThanWanted _ -> true;
                    default -> false;
                };
    }

    private static boolean sound(Standing node) {
        NodeMemory memory = node.memory();
        return node.seen() != null
                && memory.instance().state() == InstanceState.RUNNING
                && memory.notice() == null
                && !memory.health().sick()
                && memory.credits().exhaustedSince() == null
                && node.seen().statusCheck() != StatusCheck.IMPAIRED
                && node.seen().events().stream().noneMatch(ScheduledEvent::endsTheInstance);
    }
}
