package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.HealthMemory;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node that has been sick without a break for {@code unhealthy-after}, over at least three observations, is condemned;
 * so is one that turns from healthy to sick again and again.
 * Not within {@code startup-grace} of its launch, and not when it is out of CPU credits: that is another rule's.
 */
final class GiveUpSickNodes implements Rule {
    /** One or two bad readings may be the reading. */
    private static final int LEAST_OBSERVATIONS = 3;

    @Override
    public RuleName name() {
        return RuleName.GIVE_UP_SICK_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Standing node : situation.nodes()) {
            HealthMemory health = node.memory().health();
            if (node.phase() != Phase.SUSPECT || health.sickSince() == null || health.cause() == null) {
                continue;
            }
            if (node.outOfCredits()) {
                draft.leaves(node, new Reason.OutOfCreditsInstead());
                continue;
            }
            Instant grace =
                    node.memory().startedAt().plus(situation.spec().health().startupGrace());
            Optional<Reason> flapping = flapping(health, situation);
            if (flapping.isPresent() && !grace.isAfter(situation.now())) {
                draft.giveUp(node, flapping.get());
                continue;
            }
            Instant judgedAt = later(health.sickSince().plus(limit(health.cause(), situation)), grace);
            if (judgedAt.isAfter(situation.now()) || health.timesSick() < LEAST_OBSERVATIONS) {
                draft.waits(node, health.cause(), judgedAt);
            } else {
                draft.giveUp(node, health.cause());
            }
        }
    }

    private static Optional<Reason> flapping(HealthMemory health, Situation situation) {
        int limit = situation.spec().health().flapsPerHour();
        List<Instant> turns = health.turnsUntil(situation.now());
        return limit > 0 && turns.size() >= limit
                ? Optional.of(new Reason.Flapping(turns.size(), turns.getFirst(), HealthMemory.FLAP_WINDOW))
                : Optional.empty();
    }

    private static Duration limit(Reason cause, Situation situation) {
        return cause instanceof Reason.UnhealthyFor unhealthy
                ? unhealthy.limit()
                : situation.spec().health().unhealthyAfter();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
