package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A node that was taken out of rotation is terminated once no target group holds it any more (a classic load balancer does
 * not say whom it drains: there it is given the whole time), and at the latest after the
 * deregistration delay and a margin, or the end of a notice: a drain that never ends must not keep it for ever.
 */
final class TerminateDrainedNodes implements Rule {
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** From an interruption notice to the end. Source: EC2 User Guide, "Spot Instance interruption notices". */
    private static final Duration NOTICE = Duration.ofMinutes(2);

    @Override
    public RuleName name() {
        return RuleName.TERMINATE_DRAINED_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        Duration unseen = Removal.unseenDrainTime(situation);
        Duration longest = Removal.drainTime(situation).plus(MARGIN);
        boolean readable = situation.observation().gap(Gap.Source.TARGET_HEALTH).isEmpty();
        for (Standing node : situation.nodes()) {
            NodeMemory memory = node.memory();
            if (node.phase() != Phase.DRAINING || memory.drainingSince() == null || memory.condemned() == null) {
                continue;
            }
            if (draft.isBusy(node) || takenByGroup(node, situation)) {
                continue; // it is put back, or goes without us
            }
            boolean empty = readable
                    && node.seen() != null
                    && node.seen().targets().isEmpty()
                    && !memory.drainingSince().plus(unseen).isAfter(situation.now())
                    // The load balancer may show the old state in the very pass after the call.
                    && memory.drainingSince().isBefore(situation.now());
            boolean overdue = !memory.drainingSince().plus(longest).isAfter(situation.now())
                    || memory.notice() != null
                            && !memory.notice().seenAt().plus(NOTICE).isAfter(situation.now());
            if (empty || overdue) {
                Reason reason = memory.condemned().reason();
                draft.want(
                        readable && inRotation(node)
                                ? TakeOut.of(node, reason)
                                : new Action.Terminate(node.id(), Removal.heals(reason), reason));
            } else {
                draft.waits(
                        node,
                        new Reason.Draining(memory.drainingSince(), longest),
                        memory.drainingSince().plus(longest));
            }
        }
    }

    private static boolean takenByGroup(Standing node, Situation situation) {
        return situation.observation().groups().values().stream()
                .flatMap(group -> Stream.ofNullable(group.members().get(node.id())))
                .anyMatch(Group.Lifecycle::ends);
    }

    /** Someone put it back meanwhile, or a call of ours did whose answer was lost: it leaves once more. */
    private static boolean inRotation(Standing node) {
        return node.sight()
                .filter(seen -> seen.targets().values().stream().anyMatch(TargetHealth::healthy))
                .isPresent();
    }
}
