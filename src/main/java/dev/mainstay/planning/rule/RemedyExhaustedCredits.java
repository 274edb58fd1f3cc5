package dev.mainstay.planning.rule;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A node out of CPU credits and held at its baseline gets its remedy: a fresh node that starts with launch credits (T2
 * only), or unlimited mode. If half of the cluster or more is exhausted it is the load, not the node: nobody is replaced.
 */
final class RemedyExhaustedCredits implements Rule {
    /** Two samples of CloudWatch agree; a node that fails its checks as well need not wait for the second. */
    private static final Duration CONFIRMED_AFTER = Duration.ofMinutes(5);

    @Override
    public RuleName name() {
        return RuleName.REMEDY_EXHAUSTED_CREDITS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        List<Standing> exhausted = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.IN_SERVICE || node.phase() == Phase.SUSPECT)
                .filter(node -> node.memory().credits().exhaustedSince() != null)
                .toList();
        int running = (int) situation.nodes().stream()
                .filter(node -> node.inService() || node.phase() == Phase.SUSPECT)
                .count();
        // A doomed node still carries its share of the load: its notice must not make the others look like odd ones
        // out.
        int doomed = (int) situation.nodes().stream()
                .filter(node -> node.phase() == Phase.DOOMED && node.inService())
                .filter(node -> node.memory().credits().exhaustedSince() != null)
                .count();
        int out = exhausted.size() + doomed;
        boolean overload = out >= 2 && 2 * out >= running;
        if (overload) {
            draft.report(ConditionName.CLUSTER_OVERLOADED, new Reason.TooManyExhausted(out, running));
        }
        for (Standing node : exhausted) {
            Optional<Reason> reason = confirmed(node, situation);
            if (reason.isPresent()) {
                remedy(node, reason.get(), overload, situation, draft);
            }
        }
    }

    private static Optional<Reason> confirmed(Standing node, Situation situation) {
        CreditReading reading = node.seen() == null ? null : node.seen().credits();
        Optional<BurstableType> type = BurstableType.of(node.memory().instance().type());
        var since = node.memory().credits().exhaustedSince();
        if (reading == null
                || type.isEmpty()
                || since == null
                || reading.balance() == null
                || reading.cpuPercent() == null) {
            return Optional.empty();
        }
        boolean certain =
                node.memory().health().sick() || !since.plus(CONFIRMED_AFTER).isAfter(situation.now());
        return certain
                ? Optional.of(new Reason.CreditsExhausted(
                        since,
                        reading.balance(),
                        reading.cpuPercent(),
                        type.get().baselinePercent()))
                : Optional.empty();
    }

    private static void remedy(Standing node, Reason reason, boolean overload, Situation situation, Draft draft) {
        Remedy remedy = situation.spec().credits().remedy();
        boolean endowed = Launches.endowed(node.memory().instance().type());
        boolean affordable = draft.spent(Budget.LAUNCH_CREDIT) < Budget.LAUNCH_CREDIT.limit(situation.spec());
        boolean replace = switch (remedy) {
            case REPLACE -> true;
            case UNLIMITED, REST, PROMOTE -> false;
            case AUTO -> endowed && affordable;
        };
        if (!replace) {
            draft.want(new Action.SetCreditMode(node.id(), CreditMode.UNLIMITED, reason));
        } else if (!endowed) {
            // Like for like, the fresh node would start at zero too.
            draft.report(ConditionName.CREDITS_EXHAUSTED, new Reason.NoRemedy(node.id(), remedy.label(), List.of()));
        } else if (!overload) {
            draft.giveUp(node, reason);
        }
    }
}
