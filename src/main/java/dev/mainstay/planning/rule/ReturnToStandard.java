package dev.mainstay.planning.rule;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Node;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Exhaustion;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Unsuited;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A node that we switched to unlimited mode goes back to standard once it owes nothing and has recovered: switched back
 * earlier, what it owes would be billed at once. Not within the hour, and not more than there and back in a day. A node that
 * was launched unlimited stays so.
 */
final class ReturnToStandard implements Rule {
    private static final Duration LEAST = Duration.ofHours(1);

    @Override
    public RuleName name() {
        return RuleName.RETURN_TO_STANDARD;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Standing node : situation.nodes()) {
            Optional<Instant> since = node.memory().credits().unlimitedSince();
            boolean unlimited = node.phase() == Phase.IN_SERVICE
                    && node.seen() != null
                    && Exhaustion.mode(node.seen(), node.memory(), situation.now())
                            .filter(mode -> mode == CreditMode.UNLIMITED)
                            .isPresent();
            if (since.isPresent() && unlimited) {
                judge(node, since.get(), situation, draft);
            }
        }
    }

    private static void judge(Standing node, Instant since, Situation situation, Draft draft) {
        CreditReading reading = node.sight().map(Node::credits).orElse(null);
        if (reading == null
                || reading.stale(situation.now())
                || reading.balance() == null
                || reading.surplus() == null) {
            draft.leaves(
                    node, new Reason.RemedyUnsuited(node.memory().instance().type(), Unsuited.LOAD_UNKNOWN));
            return;
        }
        int flips = node.memory().credits().flipsADay(situation.now());
        double resumeAt = situation.spec().credits().resumeAt();
        Reason still = new Reason.UnlimitedFor(since, LEAST, reading.balance(), resumeAt, reading.surplus());
        if (since.plus(LEAST).isAfter(situation.now())) {
            draft.waits(node, still, since.plus(LEAST));
        } else if (reading.surplus() > 0 || reading.balance() < resumeAt) {
            draft.waits(node, still, null);
        } else if (flips >= CreditRemedies.FLIPS_A_DAY
                && node.memory().credits().returnedADay(situation.now())) {
            // Switched to unlimited twice for an old answer that did not show the first time, it has not been back yet.
            draft.waits(node, new Reason.FlippedTooOften(flips, CreditRemedies.FLIPS_A_DAY), null);
        } else {
            draft.want(new Action.SetCreditMode(
                    node.id(), CreditMode.STANDARD, new Reason.CreditsRegained(reading.balance(), resumeAt)));
        }
    }
}
