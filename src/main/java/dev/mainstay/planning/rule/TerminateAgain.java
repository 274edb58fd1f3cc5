package dev.mainstay.planning.rule;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;

/**
 * A termination that EC2 accepted, of a node that runs on: it is asked for again, by the same id. It used its budget the first
 * time.
 */
final class TerminateAgain implements Rule {
    /** EC2 may show an old state for a while; an ending usually shows within seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public RuleName name() {
        return RuleName.TERMINATE_AGAIN;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Standing node : situation.nodes()) {
            Instant since = node.memory().terminatedAt();
            if (since == null || node.memory().lost() || node.seen() == null) {
                continue;
            }
            Reason reason = new Reason.StillRunning(node.id(), since);
            if (since.plus(PATIENCE).isAfter(situation.now())) {
                draft.waits(node, reason, since.plus(PATIENCE));
            } else {
                draft.want(new Action.Terminate(node.id(), false, reason));
                draft.report(ConditionName.STILL_RUNNING, reason);
            }
        }
    }
}
