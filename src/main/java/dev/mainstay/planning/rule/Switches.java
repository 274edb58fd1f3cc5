package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What all voluntary switches to spot have in common: one at a time, in a whole and quiet cluster, and not too soon. */
final class Switches {
    private Switches() {}

    /** Whether nothing is missing, nobody is being replaced, and nothing else is under way. */
    static boolean quiet(Situation situation, Draft draft) {
        return draft.counted() == situation.spec().capacity().desired()
                && draft.newlyLaunched() == 0
                && situation.unanswered() == 0
                && situation.nodes().stream()
                        .noneMatch(node -> draft.isCondemned(node) && node.exists()
                                || node.leaving()
                                || node.phase() == Phase.COMING);
    }

    /** Whether the last switches went so badly that the next one still waits; says so. */
    static boolean wait(Situation situation, Draft draft) {
        Optional<Instant> held = situation.memory().switchesHeldUntil();
        if (held.isEmpty() || !held.get().isAfter(situation.now())) {
            return false;
        }
        Duration dwell = situation.memory().returns().dwell();
        draft.waits(new Reason.Settling(dwell, held.get()), held.get());
        return true;
    }
}
