package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A young node is not given up: what it shows is still its start. A launch that failed is another matter. */
final class YoungNodes implements Guard {
    @Override
    public GuardName name() {
        return GuardName.YOUNG_NODE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        boolean failed = action.reason() instanceof Reason.NeverHealthy || action.reason() instanceof Reason.CanaryDone;
        if (!failed) {
            Optional<Standing> node = action.subject().map(situation.standings()::get);
            Duration limit = situation.spec().guards().youngNode();
            if (node.isPresent()) {
                Instant launched = node.get().memory().startedAt();
                return Verdict.withholdUntil(
                        launched.plus(limit),
                        launched.plus(limit).isAfter(situation.now()),
                        new Reason.Young(launched, limit));
            }
        }
        return Verdict.PASS;
    }
}
