package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Canary;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.SharedFate;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.Optional;

/**
 * When someone would be given up and only a shared fate stands in the way, one extra node is launched: if it gets well, it is
 * the nodes and not what they share. It is launched on spot where there is some, like any other, but where the base is
 * missing on-demand nodes, and for one zone's fate: that can only be tried in the zone. A canary that got sick too is taken away when the next one is due, or when the shared
 * fate is over and it did not get well with the others.
 */
final class SendCanary implements Rule {
    @Override
    public RuleName name() {
        return RuleName.SEND_CANARY;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        Canary canary = situation.memory().canary();
        if (canary == null) {
            return;
        }
        Optional<Standing> last = situation.nodes().stream()
                .filter(node -> canary.is(node.memory()) && node.exists())
                .findFirst();
        switch (canary.stage()) {
            case Canary.Stage.Watching _ when last.isPresent() -> takeAway(last.get(), canary, draft);
            case Canary.Stage.Watching _ -> {
                if (draft.heldBack(GuardName.SHARED_FATE)) {
                    situation.sharedFate().ifPresent(fate -> send(canary, fate, situation, draft));
                }
            }
            case Canary.Stage.Tried tried ->
                draft.waits(
                        new Reason.CanaryUnderWay(canary.tries(), tried.since()),
                        tried.since().plus(situation.spec().health().registrationDeadline()));
            case Canary.Stage.Failed(var since, var retryAt) ->
                draft.waits(new Reason.CanarySick(canary.tries(), since, retryAt), retryAt);
            case Canary.Stage.Healing _ -> {}
            case Canary.Stage.Over _ -> last.ifPresent(node -> takeAway(node, canary, draft));
        }
    }

    /** One that gets well after all stays: it may yet tell that the others can be healed. */
    private static void takeAway(Standing node, Canary canary, Draft draft) {
        boolean recovers = node.memory().health().healthySince() != null;
        if (!node.condemned() && !recovers) {
            draft.giveUp(node, new Reason.CanaryDone(canary.tries()));
        }
    }

    private static void send(Canary canary, SharedFate fate, Situation situation, Draft draft) {
        Reason reason = new Reason.CanaryWanted(fate.sick().size(), fate.total(), canary.tries());
        Launches launches = new Launches(situation, draft);
        boolean baseMissing =
                draft.countedOnDemand() < situation.spec().capacity().onDemandBase();
        boolean placed = canary.zone() == null
                ? !baseMissing && launches.addSpot(reason) || launches.addOnDemand(reason)
                : launches.addOnDemandIn(canary.zone(), reason);
        if (placed) {
            launches.draft(situation.spec().spot().isEmpty() ? Role.BASE : Role.STAND_IN, false);
        }
    }
}
