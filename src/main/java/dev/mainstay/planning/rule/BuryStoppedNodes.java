package dev.mainstay.planning.rule;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;

/**
 * A stopped node is terminated once the cluster is whole without it, or where it takes the room of its own replacement. Its
 * volumes cost money, and it serves nobody.
 */
final class BuryStoppedNodes implements Rule {
    @Override
    public RuleName name() {
        return RuleName.BURY_STOPPED_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        boolean whole = situation.inService() >= desired;
        int max = situation.spec().capacity().max();
        boolean full = situation.existing() > max || situation.existing() == max && draft.counted() < desired;
        for (Standing node : situation.nodes()) {
            boolean stopped = node.memory().instance().state() == InstanceState.STOPPED
                    && node.memory().terminatedAt() == null;
            if (!stopped) {
                continue;
            }
            if (whole || full) {
                draft.want(new Action.Terminate(
                        node.id(),
                        false,
                        new Reason.Ended(
                                InstanceState.STOPPED.label(),
                                node.memory().instance().stateReason())));
            } else {
                draft.waits(node, new Reason.ShortOf(situation.inService(), desired), null);
            }
        }
    }
}
