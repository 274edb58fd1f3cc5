package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.CreditShortages.Shortage;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.Optional;

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
        boolean unrelieved = situation.nodes().stream().anyMatch(node -> unrelieved(node, situation, draft));
        if (overload.isEmpty() || !unrelieved) {
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

    private static boolean unrelieved(Standing node, Situation situation, Draft draft) {
        Optional<Shortage> shortage = situation.shortages().of(node);
        boolean switched = draft.assumed().stream()
                .anyMatch(action -> action instanceof Action.SetCreditMode change
                        && change.node().equals(node.id()));
        return shortage.isPresent() && !shortage.get().certainAt().isAfter(situation.now()) && !switched;
    }
}
