package dev.mainstay.planning.rule;

import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node that EC2 will stop or retire is replaced ahead of its date, launch first: one after the other, the nearest date
 * first, but all whose date is near. Reboots are over in minutes, and are left to EC2.
 */
final class GiveUpRetiringNodes implements Rule {
    /** A replacement that boots slowly, drains and is drained for takes less. */
    private static final Duration NEAR = Duration.ofHours(1);

    private record Retiring(
            Standing node, Reason reason, @Nullable Instant notBefore) {
        boolean near(Instant now) {
            return notBefore != null && !notBefore.minus(NEAR).isAfter(now);
        }
    }

    @Override
    public RuleName name() {
        return RuleName.GIVE_UP_RETIRING_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        boolean underWay = situation.nodes().stream()
                .anyMatch(node -> node.exists()
                        && node.memory().condemned() != null
                        && node.memory().condemned().reason() instanceof Reason.EndAnnounced);
        for (Retiring retiring : retiring(situation)) {
            if (underWay && !retiring.near(situation.now())) {
                Instant notBefore = retiring.notBefore();
                draft.waits(retiring.node(), retiring.reason(), notBefore == null ? null : notBefore.minus(NEAR));
            } else {
                draft.giveUp(retiring.node(), retiring.reason());
                underWay |= draft.isCondemned(retiring.node());
            }
        }
    }

    private static List<Retiring> retiring(Situation situation) {
        List<Retiring> found = new ArrayList<>();
        for (Standing node : situation.nodes()) {
            if (stays(node.phase()) && node.seen() != null) {
                first(node.seen().events())
                        .ifPresent(event -> found.add(new Retiring(
                                node,
                                new Reason.EndAnnounced(event.kind().label(), event.notBefore()),
                                event.notBefore())));
            }
        }
        found.sort(Comparator.comparing(Retiring::notBefore, Comparator.nullsLast(Comparator.<Instant>naturalOrder())));
        return found;
    }

    /** Whether it would be there when the date comes, if nothing were done. */
    private static boolean stays(Phase phase) {
        return switch (phase) {
            case RESTING, AT_RISK, SUSPECT, COMING, IN_SERVICE -> true;
            case LOST, FOREIGN, HELD_BY_SOMEONE, KEPT_FOR_DEBUGGING, QUARANTINED, DRAINING, CONDEMNED, DOOMED -> false;
        };
    }

    private static Optional<ScheduledEvent> first(List<ScheduledEvent> events) {
        return events.stream()
                .filter(ScheduledEvent::endsTheInstance)
                .min(Comparator.comparing(
                        ScheduledEvent::notBefore, Comparator.nullsLast(Comparator.<Instant>naturalOrder())));
    }
}
