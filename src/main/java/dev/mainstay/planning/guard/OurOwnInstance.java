package dev.mainstay.planning.guard;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** Whatever its tags say: we do not take away the instance on which we run, or nobody would be left to replace it. */
final class OurOwnInstance implements Guard {
    @Override
    public GuardName name() {
        return GuardName.SELF;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        NodeId self = situation.observation().surroundings().self();
        return self != null
                        && action.kind().destructive()
                        && action.subject().filter(self::equals).isPresent()
                ? new Verdict.Withhold(new Reason.Ourselves(self))
                : Verdict.PASS;
    }
}
