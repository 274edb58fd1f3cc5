package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * More in service than {@code desired}: a tenth goes in a pass, and at least one; never under the base. Stand-ins go one at
 * a time, the next once the last has drained. A suspect is surplus too where enough serve without it. Where nothing at all is
 * desired, whoever still boots goes as well.
 */
final class ReleaseSurplus implements Rule {
    private static final double SHARE_A_PASS = 0.1;

    /** A few that may not go, such as protected ones, keep nobody else; if more are refused, the reason is everybody's. */
    private static final int MOST_REFUSALS = 5;

    @Override
    public RuleName name() {
        return RuleName.RELEASE_SURPLUS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        List<Standing> serving = candidates(situation, draft, Phase.IN_SERVICE);
        int enough = serving.size() + situation.foreignInService();
        int standIns = situation.standIns(
                (int) serving.stream().filter(Standing::onDemand).count());
        // A spare that a rebalance recommendation asked for is no surplus.
        int spares = situation.spares();
        if (enough < desired + spares) {
            return;
        }
        List<Standing> candidates = new ArrayList<>(serving);
        if (standIns == 0) {
            candidates.addAll(candidates(situation, draft, Phase.SUSPECT));
        }
        if (desired == 0) {
            candidates.addAll(candidates(situation, draft, Phase.COMING));
        }
        int surplus = enough - desired - spares + candidates.size() - serving.size();
        if (surplus == 0) {
            return;
        }
        if (standIns > 0 && situation.nodes().stream().anyMatch(Standing::leaving)) {
            draft.waits(new Reason.StandInNotNeeded(enough, desired), null);
            return;
        }
        int most = standIns > 0 ? 1 : Math.max(1, (int) (SHARE_A_PASS * candidates.size()));
        release(candidates, Math.min(most, surplus), standIns > 0, enough, enough - desired - spares, situation, draft);
    }

    private static List<Standing> candidates(Situation situation, Draft draft, Phase phase) {
        return situation.nodes().stream()
                // One that EC2 does not list just now stays: nobody knows where it is registered.
                .filter(node -> node.phase() == phase && node.seen() != null)
                .filter(node -> draft.isCounted(node) && !draft.isBusy(node))
                .toList();
    }

    private static void release(
            List<Standing> candidates,
            int count,
            boolean standIns,
            int enough,
            int spare,
            Situation situation,
            Draft draft) {
        int desired = situation.spec().capacity().desired();
        int onDemand = (int) candidates.stream().filter(Standing::onDemand).count();
        int spareOnDemand = onDemand - situation.spec().capacity().onDemandBase();
        // While there are stand-ins only they go: a spot node is no substitute for one that is held back.
        Victims victims = new Victims(
                candidates.stream().filter(node -> !standIns || node.onDemand()).toList(), situation, draft);
        int released = 0;
        int serving = 0;
        int refused = 0;
        Optional<Standing> next = victims.next();
        for (; released < count && refused < MOST_REFUSALS && next.isPresent(); next = victims.next()) {
            Standing node = next.get();
            // No serving node goes in the place of a suspect, which may be the next to go.
            if (node.onDemand() && spareOnDemand <= 0 || node.inService() && serving >= spare) {
                continue;
            }
            Reason reason = standIns
                    ? new Reason.StandInNotNeeded(enough, desired)
                    : new Reason.MoreThanWanted(enough, desired);
            if (draft.want(TakeOut.of(node, reason))) {
                released++;
                serving += node.inService() ? 1 : 0;
                spareOnDemand -= node.onDemand() ? 1 : 0;
                victims.took(node);
            } else {
                refused++;
            }
        }
    }
}
