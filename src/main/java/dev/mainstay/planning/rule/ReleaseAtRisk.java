package dev.mainstay.planning.rule;

import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.Comparator;
import java.util.List;

/**
 * A node at risk that survived goes once enough safe nodes serve: those of the pool that is wanted least first, few in a
 * pass. Stand-ins do not count as safe beyond the base: they cost more than the survivor, which may yet be their way back.
 */
final class ReleaseAtRisk implements Rule {
    private static final double SHARE_A_PASS = 0.1;

    @Override
    public RuleName name() {
        return RuleName.RELEASE_AT_RISK;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        List<Standing> atRisk = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.AT_RISK)
                .toList();
        if (atRisk.isEmpty()) {
            return;
        }
        int desired = situation.spec().capacity().desired();
        List<Standing> serving = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.IN_SERVICE && draft.isCounted(node))
                .toList();
        int onDemand = (int) serving.stream().filter(Standing::onDemand).count();
        int safe = serving.size() - situation.standIns(onDemand);
        Reason reason = new Reason.SurvivorReplaced(safe, desired);
        int most = safe < desired ? 0 : Math.max(1, (int) (SHARE_A_PASS * desired));
        atRisk.stream().sorted(riskiestFirst(situation)).skip(most).forEach(node -> draft.waits(node, reason, null));
        List<Standing> candidates = atRisk.stream()
                .filter(node -> node.seen() != null && !draft.isBusy(node))
                .sorted(riskiestFirst(situation))
                .toList();
        int released = 0;
        for (Standing node : candidates) {
            // One that must stay, because someone protected it, does not keep the others.
            if (released < most && draft.want(TakeOut.of(node, reason))) {
                released++;
            }
        }
    }

    private static Comparator<Standing> riskiestFirst(Situation situation) {
        return Comparator.<Standing>comparingDouble(node ->
                        -situation.spotPools().burden(node.memory().instance().pool()))
                .thenComparing(Standing::id);
    }
}
