package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Instant;

/** A node that someone else took out of rotation is theirs for a while: it is neither put back nor taken away. */
final class HeldBySomeone implements Guard {
    @Override
    public GuardName name() {
        return GuardName.HELD_BY_SOMEONE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Instant since = action.subject()
                .map(situation.standings()::get)
                .map(node -> node.memory().heldSince())
                .orElse(null);
        if (since == null) {
            return Verdict.PASS;
        }
        Instant until = since.plus(situation.spec().health().leftAlone());
        return Verdict.withholdUntil(until, until.isAfter(situation.now()), new Reason.HeldBySomeone(since));
    }
}
