package dev.mainstay.planning.rule;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Holds;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Withheld;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what people hold back, and what has been held back for so long that somebody should look: a guard that waits must not
 * be able to wait unnoticed.
 */
final class ReportHolds implements Rule {
    /** A person who paused it knows; after a day they may have forgotten. */
    private static final Duration PAUSE_FORGOTTEN = Duration.ofHours(24);

    @Override
    public RuleName name() {
        return RuleName.REPORT_HOLDS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        Surroundings.PauseFile file = situation.observation().surroundings().pause();
        Holds holds = situation.memory().holds();
        if (file != null && file.holds(situation.now())) {
            draft.report(
                    ConditionName.PAUSED,
                    new Reason.OnHold(file.since(), file.until(), Surroundings.PauseFile.NAME, file.why()));
        } else if (holds.pause() != null) {
            draft.report(ConditionName.PAUSED, reason(holds.pause()));
        }
        if (holds.deploy() != null) {
            draft.report(ConditionName.DEPLOY_HOLD, reason(holds.deploy()));
        }
        List<Holds.Waiting> overdue =
                holds.waiting().stream().filter(one -> overdue(one, situation)).toList();
        Set<Wish> wishes = overdue.isEmpty()
                ? Set.of()
                : draft.withheld().stream().map(Wish::of).collect(Collectors.toSet());
        overdue = overdue.stream().filter(one -> wishes.contains(Wish.of(one))).toList();
        if (!overdue.isEmpty()) {
            draft.report(ConditionName.HELD_BACK, new Reason.HeldBack(overdue));
        }
    }

    private static Reason reason(Holds.Hold hold) {
        return new Reason.OnHold(hold.since(), hold.until(), hold.who(), hold.why());
    }

    /** What waits for a time that an operator set is in order until then; an overload is a condition of its own. */
    private static boolean overdue(Holds.Waiting one, Situation situation) {
        Duration limit = switch (one.guard()) {
            case OBSERVE_MODE, MAINTENANCE_WINDOW, DEPLOY_HOLD, OVERLOAD -> null;
            case PAUSED -> PAUSE_FORGOTTEN;
            default -> situation.spec().guards().heldBackAfter();
        };
        return limit != null && !one.since().plus(limit).isAfter(situation.now());
    }

    /** What makes two withheld actions the same one. */
    private record Wish(
            GuardName guard, ActionKind kind, @Nullable NodeId node) {
        static Wish of(Withheld withheld) {
            return new Wish(
                    withheld.guard(),
                    withheld.action().kind(),
                    withheld.action().subject().orElse(null));
        }

        static Wish of(Holds.Waiting waiting) {
            return new Wish(waiting.guard(), waiting.kind(), waiting.node());
        }
    }
}
