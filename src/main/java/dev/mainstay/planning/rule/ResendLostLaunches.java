package dev.mainstay.planning.rule;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;

/**
 * A launch whose answer never came, and whose nodes are not to be seen, is asked for again with the same token: EC2 answers
 * with what it made, or makes it now. Never a second time under another token.
 */
final class ResendLostLaunches implements Rule {
    @Override
    public RuleName name() {
        return RuleName.RESEND_LOST_LAUNCHES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Intent intent : situation.memory().intents().values()) {
            if (!intent.open() || !(intent.action() instanceof Action.Launch launch)) {
                continue;
            }
            boolean wanted = draft.counted() - situation.memory().unseen(intent)
                    < situation.spec().capacity().desired() + (launch.returning() ? launch.count() : 0);
            if (wanted) {
                draft.want(launch.again(intent.id(), new Reason.AnswerLost(intent.madeAt())));
            }
        }
    }
}
