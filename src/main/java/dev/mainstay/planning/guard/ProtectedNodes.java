package dev.mainstay.planning.guard;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Tags;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Refusal;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;

/**
 * A node that an operator protected by its tag is neither drained nor terminated; one whose termination EC2 refused, as it
 * does under termination protection, is not asked for again for a while.
 */
final class ProtectedNodes implements Guard {
    @Override
    public GuardName name() {
        return GuardName.PROTECTED;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Standing node = action.kind().destructive()
                ? action.subject().map(situation.standings()::get).orElse(null)
                : null;
        if (node == null) {
            return Verdict.PASS;
        }
        Refusal refused = node.memory().terminationRefused();
        if (refused != null && refused.holds(situation.now())) {
            return new Verdict.Withhold(refused.reason(), refused.over());
        }
        Instance instance = node.memory().instance();
        Instant end = instance.protection()
                .filter(until -> until.isBefore(Instant.MAX))
                .orElse(null);
        return instance.isProtected(situation.now())
                ? new Verdict.Withhold(new Reason.Protected(Tags.PROTECTED, end), end)
                : Verdict.PASS;
    }
}
