package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Notice;
import dev.mainstay.planning.Doom;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A node that AWS has announced to take serves until its replacement does, or until just before AWS takes it: then it is out
 * of rotation, so that its connections end well. One that AWS does not take after all is surplus, and does not stay.
 */
final class DrainDoomedNodes implements Rule {
    /** AWS is late at times; after so long it has changed its mind. */
    private static final Duration OVERDUE = Duration.ofMinutes(5);

    @Override
    public RuleName name() {
        return RuleName.DRAIN_DOOMED_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        List<Standing> doomed = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.DOOMED && node.seen() != null)
                .toList();
        if (doomed.isEmpty()) {
            return;
        }
        int serving = (int) situation.nodes().stream()
                .filter(node -> node.inService() && draft.isCounted(node))
                .count();
        int stillServing = (int) doomed.stream().filter(Standing::inService).count();
        int replaced = serving + stillServing - situation.spec().capacity().desired();
        for (Standing node : doomed) {
            Notice notice = node.memory().notice();
            if (notice == null) {
                continue;
            }
            Reason reason = new Reason.Interrupted(notice.status(), notice.seenAt());
            Instant end = node.inService()
                    ? lastPassBefore(Doom.lastMoment(notice, situation), situation)
                    : notice.deadline().plus(OVERDUE);
            if (node.inService() && replaced-- > 0 || !situation.now().isBefore(end)) {
                draft.want(TakeOut.of(node, reason));
            } else {
                draft.waits(node, reason, end);
            }
        }
    }

    /** The pass after which the next one would be too late. */
    private static Instant lastPassBefore(Instant moment, Situation situation) {
        return moment.minus(situation.spec().interval()).plusMillis(1);
    }
}
