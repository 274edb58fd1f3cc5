package dev.mainstay.planning.rule;

import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A node that EC2 will stop or retire is given up ahead of its date, the nearest date first; how many at a time is a guard's
 * matter. Reboots are over in minutes, and are left to EC2.
 */
final class GiveUpRetiringNodes implements Rule {
    private static final Comparator<ScheduledEvent> NEAREST_FIRST =
            Comparator.comparing(ScheduledEvent::notBefore, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

    private record Retiring(Standing node, ScheduledEvent event) {}

    @Override
    public RuleName name() {
        return RuleName.GIVE_UP_RETIRING_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        List<Retiring> found = new ArrayList<>();
        for (Standing node : situation.nodes()) {
            if (node.seen() != null && !node.seen().events().isEmpty() && stays(node.phase())) {
                node.seen().events().stream()
                        .filter(ScheduledEvent::endsTheInstance)
                        .min(NEAREST_FIRST)
                        .ifPresent(event -> found.add(new Retiring(node, event)));
            }
        }
        found.sort(Comparator.comparing(Retiring::event, NEAREST_FIRST));
        for (Retiring retiring : found) {
            ScheduledEvent event = retiring.event();
            draft.giveUp(retiring.node(), new Reason.EventAhead(event.kind(), event.notBefore()));
        }
    }

    /** Whether it would be there when the date comes, if nothing were done. */
    private static boolean stays(Phase phase) {
        return switch (phase) {
            case RESTING, AT_RISK, SUSPECT, COMING, IN_SERVICE -> true;
            case LOST, FOREIGN, HELD_BY_SOMEONE, KEPT_FOR_DEBUGGING, QUARANTINED, DRAINING, CONDEMNED, DOOMED -> false;
        };
    }
}
