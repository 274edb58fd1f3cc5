package dev.mainstay.planning.rule;

import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Node;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A resting node goes back into rotation when it has earned {@code resume-at}. Sooner if too few serve without it, or the
 * load is too much for those who do; and at the latest when it has rested for longer than a rest may take.
 */
final class ReturnRestedNodes implements Rule {
    /** CloudWatch may fall silent. */
    private static final Duration AT_THE_LATEST = CreditRemedies.LONGEST_REST.plusMinutes(30);

    @Override
    public RuleName name() {
        return RuleName.RETURN_RESTED_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        for (Standing node : situation.nodes()) {
            Instant since = node.memory().credits().restingSince();
            if (node.phase() != Phase.RESTING || since == null || node.seen() == null) {
                continue;
            }
            Optional<Reason> back = back(node, since, situation);
            if (back.isPresent()) {
                draft.want(new Action.Register(
                        node.id(), new TreeSet<>(situation.spec().targetGroups()), back.get()));
            } else {
                draft.waits(node, new Reason.Resting(since), since.plus(AT_THE_LATEST));
            }
        }
    }

    private static Optional<Reason> back(Standing node, Instant since, Situation situation) {
        double resumeAt = situation.spec().credits().resumeAt();
        CreditReading reading = node.sight().map(Node::credits).orElse(null);
        Double balance = reading == null || reading.stale(situation.now()) ? null : reading.balance();
        boolean overdue = !since.plus(AT_THE_LATEST).isAfter(situation.now());
        if (balance != null && balance >= resumeAt || overdue) {
            return Optional.of(new Reason.CreditsRegained(balance == null ? 0 : balance, resumeAt));
        }
        int floor = situation.spec().capacity().min();
        boolean readable = situation.observation().gap(Gap.Source.TARGET_HEALTH).isEmpty();
        if (readable && situation.inService() < floor) {
            return Optional.of(new Reason.BelowFloor(situation.inService(), floor));
        }
        return situation.shortages().overload();
    }
}
