package dev.mainstay.planning.guard;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Holds;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;

/**
 * While a deploy runs nodes look sick that are not, and every change adds to the noise: nobody is given up or taken out of
 * rotation for an illness, and nothing is done that could wait. Lost nodes are replaced as ever, and a drain that has begun
 * ends.
 */
final class DeployHold implements Guard {
    @Override
    public GuardName name() {
        return GuardName.DEPLOY_HOLD;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Holds.Hold hold = situation.memory().holds().deploy();
        if (hold == null || !hold.until().isAfter(situation.now())) {
            return Verdict.PASS;
        }
        Standing node = action.subject().map(situation.standings()::get).orElse(null);
        boolean ends = node != null && node.phase() == Phase.DRAINING;
        boolean quiet = action.reason().voluntary().isPresent() && (node == null || node.inService());
        boolean suspended = !ends && (action.reason().illness() || quiet);
        return Verdict.withholdUntil(
                hold.until(), suspended, new Reason.OnHold(hold.since(), hold.until(), hold.who(), hold.why()));
    }
}
