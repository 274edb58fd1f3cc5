package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Tags;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;

/** A node that an operator protected by its tag is neither drained nor terminated. */
final class ProtectedNodes implements Guard {
    @Override
    public GuardName name() {
        return GuardName.PROTECTED;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        boolean isProtected = action.kind().destructive()
                && action.subject()
                        .map(situation.standings()::get)
                        .filter(node -> node.memory().instance().isProtected())
                        .isPresent();
        return Verdict.withholdIf(isProtected, new Reason.Protected(Tags.PROTECTED));
    }
}
