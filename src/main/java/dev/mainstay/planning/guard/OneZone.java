package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Nodes are healed and exchanged in one zone at a time: while some are drained there, those of other zones wait. What made a
 * mistake of one removal must not make it everywhere at once. Surplus, lost and doomed nodes are not meant.
 */
final class OneZone implements Guard {
    /** Longer than any drain lasts: then it is over, or stuck, and no longer keeps the others. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    @Override
    public GuardName name() {
        return GuardName.ONE_ZONE;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Standing node = action.subject().map(situation.standings()::get).orElse(null);
        if (node == null || !meant(action) || node.memory().notice() != null) {
            return Verdict.PASS;
        }
        Zone own = zone(node);
        Duration longest = Removal.drainTime(situation).plus(MARGIN);
        for (Standing other : situation.draining()) {
            Instant since = other.memory().drainingSince();
            if (since != null
                    && other.memory().condemned() != null
                    && meant(other.memory().condemned().reason())
                    && other.leaving()
                    && since.plus(longest).isAfter(situation.now())
                    && !zone(other).equals(own)) {
                return new Verdict.Withhold(new Reason.OtherZoneDrains(zone(other)), since.plus(longest));
            }
        }
        Optional<Zone> drafted = draft.assumed().stream()
                .filter(OneZone::meant)
                .flatMap(drained -> drained.subject().stream())
                .flatMap(id -> Stream.ofNullable(situation.standings().get(id)))
                .map(OneZone::zone)
                .filter(zone -> !zone.equals(own))
                .findFirst();
        return drafted.<Verdict>map(zone -> new Verdict.Withhold(
                        new Reason.OtherZoneDrains(zone), situation.now().plus(longest)))
                .orElse(Verdict.PASS);
    }

    private static boolean meant(Action action) {
        return action instanceof Action.Deregister && meant(action.reason());
    }

    private static boolean meant(Reason reason) {
        return Removal.heals(reason) || Removal.disrupts(reason);
    }

    private static Zone zone(Standing node) {
        return node.memory().instance().zone();
    }
}
