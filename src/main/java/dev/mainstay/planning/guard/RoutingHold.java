package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.util.Optional;

/**
 * While the load balancer routes to none of the nodes, more nodes help nobody: only what is missing to the floor is
 * launched.
 */
final class RoutingHold implements Guard {
    @Override
    public GuardName name() {
        return GuardName.NOT_ROUTING;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Optional<Reason> unused = situation.unused();
        return action instanceof Action.Launch launch && launch.resend() == null && unused.isPresent()
                ? Verdict.room(draft.missingToFloor(), launch.count(), unused.get(), null)
                : Verdict.PASS;
    }
}
