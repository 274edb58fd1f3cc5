package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.HealthMemory;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;

/**
 * A node that has been sick without a break for {@code unhealthy-after}, over at least three observations, is condemned.
 * Not within {@code startup-grace} of its launch, and not when it is out of CPU credits: that is another rule's.
 */
final class GiveUpSickNodes implements Rule {
    /** One or two bad readings may be the reading. */
    private static final int LEAST_OBSERVATIONS = 3;

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Standing node : situation.nodes()) {
            HealthMemory health = node.memory().health();
            if (node.phase() != Phase.SUSPECT
                    || node.outOfCredits()
                    || health.sickSince() == null
                    || health.cause() == null) {
                continue;
            }
            Instant launched = node.memory().instance().launchedAt();
            Instant since = health.sickSince();
            boolean overdue =
                    !since.plus(situation.spec().health().unhealthyAfter()).isAfter(situation.now());
            boolean started =
                    !launched.plus(situation.spec().health().startupGrace()).isAfter(situation.now());
            if (overdue && started && health.timesSick() >= LEAST_OBSERVATIONS) {
                draft.giveUp(node, health.cause());
            }
        }
    }
}
