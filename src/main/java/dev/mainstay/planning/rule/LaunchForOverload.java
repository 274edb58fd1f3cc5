package dev.mainstay.planning.rule;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When half of the cluster or more is out of CPU credits and cannot go on in unlimited mode, the load is shared by more:
 * nodes are launched up to {@code max}. They stay until the load would fit on {@code desired} nodes again.
 */
final class LaunchForOverload implements Rule {
    @Override
    public RuleName name() {
        return RuleName.LAUNCH_FOR_OVERLOAD;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        Optional<Reason> overload = situation.shortages().overload();
        if (overload.isEmpty() || !unrelieved(situation, draft)) {
            return;
        }
        int room = situation.spec().capacity().max() - situation.existing() - draft.newlyLaunched();
        Launches launches = new Launches(situation, draft);
        for (int placed = 0; placed < room; placed++) {
            if (!launches.addSpot(overload.get()) && !launches.addOnDemand(overload.get())) {
                break;
            }
        }
        launches.draft(situation.spec().spot().isEmpty() ? Role.BASE : Role.STAND_IN, false);
    }

    /** Whether the shortage of any node is certain, and not about to end by a change of its mode. */
    private static boolean unrelieved(Situation situation, Draft draft) {
        Set<NodeId> switched = draft.assumed().stream()
                .flatMap(action ->
                        action instanceof Action.SetCreditMode change ? Stream.of(change.node()) : Stream.empty())
                .collect(Collectors.toSet());
        return situation.nodes().stream()
                .filter(node -> situation
                        .shortages()
                        .of(node)
                        .filter(shortage -> !shortage.certainAt().isAfter(situation.now()))
                        .isPresent())
                .anyMatch(node -> !switched.contains(node.id()));
    }
}
