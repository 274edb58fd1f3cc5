package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.Group.Lifecycle;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GroupMatter;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;

/**
 * A node that our lifecycle hook holds goes on: a new one at once, one that its group takes away when it is drained. Until
 * then the hook is asked to wait, for no longer than a drain takes.
 */
final class CompleteHooks implements Rule {
    private static final Duration MARGIN = Duration.ofSeconds(30);

    @Override
    public RuleName name() {
        return RuleName.COMPLETE_HOOKS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        String hook =
                situation.spec().groups().flatMap(groups -> groups.ourHook()).orElse(null);
        if (hook == null) {
            return;
        }
        for (Group group : situation.observation().groups().values()) {
            group.members().forEach((id, lifecycle) -> {
                boolean ends = lifecycle == Lifecycle.TERMINATING_WAIT;
                if (ends || lifecycle == Lifecycle.PENDING_WAIT) {
                    Standing node = situation.standings().get(id);
                    if (node != null && draft.isBusy(node)) {
                        return; // it is being registered: the next pass
                    }
                    if (ends && node != null && inRotation(node)) {
                        Reason reason = new Reason.OfGroup(group.name(), new GroupMatter.Ends());
                        draft.want(TakeOut.of(node, reason));
                    } else {
                        go(id, group, hook, ends && node != null && drains(node, situation), draft);
                    }
                }
            });
        }
    }

    private static void go(NodeId id, Group group, String hook, boolean prolongs, Draft draft) {
        Reason reason = new Reason.OfGroup(group.name(), new GroupMatter.Holds(hook));
        draft.want(new Action.CompleteHook(id, group.name(), hook, prolongs, reason));
    }

    private static boolean inRotation(Standing node) {
        return node.sight()
                .filter(seen -> seen.targets().values().stream()
                        .anyMatch(health -> health.state() != TargetHealth.State.DRAINING
                                && health.state() != TargetHealth.State.UNUSED))
                .isPresent();
    }

    private static boolean drains(Standing node, Situation situation) {
        Instant since = node.memory().drainingSince();
        if (since == null) {
            return false;
        }
        boolean blind = situation.observation().gap(Gap.Source.TARGET_HEALTH).isPresent();
        boolean listed =
                blind || node.sight().filter(seen -> !seen.targets().isEmpty()).isPresent();
        Duration longest = listed ? Removal.drainTime(situation).plus(MARGIN) : Removal.unseenDrainTime(situation);
        return since.plus(longest).isAfter(situation.now());
    }
}
