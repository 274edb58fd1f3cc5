package dev.mainstay.planning.rule;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.CreditShortages.Shortage;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A node that is out of CPU credits and held at its baseline, or will be before a replacement could serve, gets its remedy:
 * the first of those that the config allows and that helps. Of half of the cluster or more it is not the node's fault: then
 * they may only go on in unlimited mode. Where two remedies did not last, a third is not tried.
 */
final class RemedyExhaustedCredits implements Rule {
    @Override
    public RuleName name() {
        return RuleName.REMEDY_EXHAUSTED_CREDITS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        situation.shortages().overload().ifPresent(reason -> draft.report(ConditionName.CLUSTER_OVERLOADED, reason));
        CreditRemedies remedies = new CreditRemedies(situation, draft);
        for (Standing node : situation.nodes()) {
            Optional<Shortage> shortage = situation.shortages().of(node);
            boolean stays = node.phase() == Phase.IN_SERVICE || node.phase() == Phase.SUSPECT;
            if (shortage.isEmpty() || !stays) {
                continue;
            }
            if (shortage.get().certainAt().isAfter(situation.now())) {
                draft.waits(node, shortage.get().reason(), shortage.get().certainAt());
            } else {
                remedy(node, shortage.get(), remedies, situation, draft);
            }
        }
    }

    private static void remedy(
            Standing node, Shortage shortage, CreditRemedies remedies, Situation situation, Draft draft) {
        boolean overload = situation.shortages().overload().isPresent();
        if (!overload && futile(node, shortage, situation, draft)) {
            return;
        }
        List<Reason.RemedyPrice> compared = remedies.compare(node);
        Optional<Remedy> chosen = compared.stream()
                .filter(price -> price.obstacle() == null)
                .map(Reason.RemedyPrice::remedy)
                .findFirst();
        if (chosen.isEmpty()) {
            Reason none = new Reason.NoRemedy(
                    node.id(), situation.spec().credits().remedy().label(), compared);
            draft.leaves(node, none);
            if (!overload) {
                draft.report(ConditionName.CREDITS_EXHAUSTED, none);
            }
            return;
        }
        Reason reason = new Reason.Remedied(chosen.get(), shortage.reason(), compared);
        switch (chosen.get()) {
            case REPLACE, PROMOTE -> draft.giveUp(node, reason);
            case UNLIMITED -> draft.want(new Action.SetCreditMode(node.id(), CreditMode.UNLIMITED, reason));
            case REST ->
                draft.want(new Action.Deregister(
                        node.id(),
                        new TreeSet<>(node.sight().orElseThrow().targets().keySet()),
                        reason));
            case AUTO -> throw new IllegalStateException("auto is a choice of the others");
        }
    }

    private static boolean futile(Standing node, Shortage shortage, Situation situation, Draft draft) {
        return situation
                .memory()
                .futileRemedies(node.memory(), shortage.since())
                .map(remedies -> new Reason.RemediesDidNotLast(node.id(), node.lineage(), remedies))
                .map(reason -> {
                    draft.leaves(node, reason);
                    draft.report(ConditionName.WRONG_INSTANCE_TYPE, reason);
                    return true;
                })
                .orElse(false);
    }
}
