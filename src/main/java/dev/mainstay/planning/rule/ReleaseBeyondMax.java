package dev.mainstay.planning.rule;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where more exist than {@code max}, since it was lowered, a node that is sick and
 * serves nobody goes as one too many, whatever ails it. Otherwise a shared fate would never be told from a lasting fault: there
 * would be no room for its canary.
 */
final class ReleaseBeyondMax implements Rule {
    @Override
    public RuleName name() {
        return RuleName.RELEASE_BEYOND_MAX;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int max = situation.spec().capacity().max();
        if (situation.existing() <= max) {
            return;
        }
        Set<NodeId> going = draft.assumed().stream()
                .filter(action -> action.kind().destructive())
                .flatMap(action -> action.subject().stream())
                .collect(Collectors.toSet());
        int staying = situation.unanswered()
                + (int) situation.nodes().stream()
                        .filter(node -> node.exists() && node.phase() != Phase.DRAINING)
                        .filter(node -> !going.contains(node.id()) && !situation.isCanary(node))
                        .count();
        if (staying <= max) {
            return;
        }
        List<Standing> sick = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.SUSPECT && !node.inService() && node.seen() != null)
                .filter(node -> !draft.isCondemned(node) && !draft.isBusy(node) && !situation.isCanary(node))
                .toList();
        Victims victims = new Victims(sick, situation, draft);
        Reason reason = new Reason.BeyondMax(staying, max);
        Optional<Standing> next = victims.next();
        while (next.isPresent() && !draft.want(TakeOut.of(next.get(), reason))) {
            next = victims.next();
        }
    }
}
