package dev.mainstay.planning.rule;

import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;

/**
 * A node that was never healthy by {@code registration-deadline} after its launch is a failed launch, and is condemned. Not
 * where its target group sends no traffic at all, where the load balancer has trouble of its own, or where AWS refuses to
 * register it: then nobody could have become healthy.
 */
final class GiveUpFailedLaunches implements Rule {
    @Override
    public RuleName name() {
        return RuleName.GIVE_UP_FAILED_LAUNCHES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        Duration deadline = situation.spec().health().registrationDeadline();
        boolean beginsAnew = balancerBeginsAnew(situation);
        for (Standing node : situation.nodes()) {
            if (node.phase() != Phase.COMING || node.memory().health().firstHealthy() != null) {
                continue;
            }
            if (situation.memory().canary() != null
                    && situation.memory().canary().is(node.memory())) {
                continue; // that it fails is what it was launched to tell
            }
            Instant launched = node.memory().instance().launchedAt();
            boolean overdue = !launched.plus(deadline).isAfter(situation.now())
                    // A node that we have only just met, adopted or after a lost journal, is given the same time again.
                    && !node.memory().watchedFrom().plus(deadline).isAfter(situation.now());
            if (overdue && judged(node, beginsAnew) && !refused(node, situation)) {
                draft.giveUp(
                        node,
                        node.memory().seenSinceLaunch()
                                ? new Reason.NeverHealthy(launched, deadline)
                                : new Reason.NotSeenHealthy(node.memory().firstSeen(), deadline));
            }
        }
    }

    private static boolean refused(Standing node, Situation situation) {
        return node.memory().registered().isEmpty()
                && situation.memory().refusals().containsKey(ActionKind.REGISTER);
    }

    /** One that EC2 does not list cannot even be registered. */
    private static boolean judged(Standing node, boolean beginsAnew) {
        return node.seen() != null
                && node.seen().targets().values().stream()
                        .noneMatch(health -> health.undecided() || beginsAnew && health.initial());
    }

    /** It says of a node that has long been in rotation that it has not judged it yet. */
    private static boolean balancerBeginsAnew(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> node.memory().health().firstHealthy() != null && !node.leaving())
                .flatMap(node -> node.sight().stream())
                .anyMatch(seen -> seen.targets().values().stream().anyMatch(TargetHealth::initial));
    }
}
