package dev.mainstay.planning.rule;

import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.NodeMemory;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condemned node is taken out of rotation once its replacement is in service. Only where there is no room under
 * {@code max} for a replacement does one go first, one that serves nobody or else a single one, and not while the others
 * are strained. One that never served, and holds no place, goes at once.
 */
final class DrainCondemnedNodes implements Rule {
    /** A fleet that is busier than this on average has nothing to spare: what is sick may only be overloaded. */
    private static final double STRAINED_PERCENT = 80;

    /** So long a strained fleet keeps the place of a sick node from being made free. */
    private static final Duration STRAINED_FOR = Duration.ofMinutes(30);

    @Override
    public RuleName name() {
        return RuleName.DRAIN_CONDEMNED_NODES;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        List<Standing> condemned = situation.nodes().stream()
                // One that EC2 does not list just now is either gone or back soon.
                .filter(node -> node.phase() == Phase.CONDEMNED && node.seen() != null && reason(node) != null)
                .filter(node -> !node.memory().orphaned())
                .toList();
        condemned.stream().filter(Removal::holdsNoPlace).forEach(node -> remove(node, draft));
        boolean full = situation.existing() >= situation.spec().capacity().max()
                && draft.counted() < situation.spec().capacity().desired();
        // A group replaces one only when it has gone.
        boolean groups = situation.spec().groups().isPresent();
        situation.nodes().stream()
                .filter(node -> node.phase() == Phase.KEPT_FOR_DEBUGGING && node.seen() != null)
                .forEach(node -> keep(node, full || groups, draft));
        List<Standing> placed = condemned.stream()
                .filter(node -> !Removal.holdsNoPlace(node))
                // Those who serve nobody first: they are missed least.
                .sorted(Comparator.comparing(Standing::inService))
                .toList();
        if (!placed.isEmpty()) {
            drainPlaced(placed, full, situation, draft);
        }
    }

    /** Of those that hold a place as many as others hold instead. */
    private static void drainPlaced(List<Standing> placed, boolean full, Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        int serving =
                situation.foreignInService() + count(situation, node -> node.inService() && draft.isCounted(node));
        // A suspect holds its own place, as each condemned node does that stays; the others must be held by nodes in
        // service. But no serving node goes on the word of a suspect, which may be the next to go.
        int suspects =
                count(situation, node -> node.phase() == Phase.SUSPECT && !node.inService() && draft.isCounted(node));
        int waiting = count(situation, node -> node.phase() == Phase.CONDEMNED && !Removal.holdsNoPlace(node));
        int replaced = serving + waiting - desired;
        // A sick one that may not go takes a place and serves nobody: it is no successor to one that serves.
        int spare = serving
                + count(
                        situation,
                        node -> node.phase() == Phase.CONDEMNED && !Removal.holdsNoPlace(node) && node.inService())
                - desired;
        boolean strained = suspects > 0 || busy(situation);
        // One that serves goes before its successor only where nothing else can ever make room, one at a time.
        boolean oneMayGo = full
                && !strained
                && draft.newlyLaunched() == 0
                && situation.unanswered() == 0
                // Whoever goes in this very pass makes room.
                && draft.assumed().stream().noneMatch(action -> action.kind() == ActionKind.TERMINATE)
                && situation.nodes().stream()
                        .noneMatch(node -> node.leaving()
                                || node.memory().missing() != null
                                || node.phase() == Phase.COMING
                                || node.phase() == Phase.DOOMED
                                || node.phase() == Phase.KEPT_FOR_DEBUGGING && draft.isBusy(node));
        for (Standing node : placed) {
            // Whoever serves although it is ill is no worse than nobody.
            boolean makesRoom = node.inService()
                    ? oneMayGo && !Objects.requireNonNull(reason(node)).illness()
                    // A group replaces one only when it has gone.
                    : (full || situation.spec().groups().isPresent()) && !(strained && recent(node, situation));
            boolean isReplaced = node.inService() ? Math.min(replaced, spare) > 0 : replaced + suspects > 0;
            if (isReplaced || makesRoom) {
                // One that must stay, because someone protected it, does not keep the others.
                if (remove(node, draft)) {
                    replaced--;
                    spare -= node.inService() ? 1 : 0;
                    oneMayGo = false;
                }
            } else {
                draft.waits(node, new Reason.NotReplaced(serving + suspects, desired), null);
            }
        }
    }

    /** One that is kept for debugging leaves the rotation, and goes itself only where it takes the room of a replacement. */
    private static void keep(Standing node, boolean full, Draft draft) {
        boolean registered = node.sight()
                .filter(seen -> seen.targets().values().stream()
                        .anyMatch(health -> health.state() != TargetHealth.State.DRAINING))
                .isPresent();
        Reason failed = Objects.requireNonNull(reason(node));
        if (registered) {
            remove(node, draft);
        } else if (full) {
            draft.want(new Action.Terminate(node.id(), Removal.heals(failed), failed));
        } else {
            draft.leaves(node, node.reason() == null ? failed : node.reason());
        }
    }

    private static int count(Situation situation, Predicate<Standing> which) {
        return (int) situation.nodes().stream().filter(which).count();
    }

    private static boolean busy(Situation situation) {
        return situation.nodes().stream()
                        .filter(Standing::inService)
                        .flatMap(node -> node.sight().stream())
                        .flatMap(seen -> seen.credits() == null
                                ? Stream.empty()
                                : Stream.ofNullable(seen.credits().cpuPercent()))
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0)
                > STRAINED_PERCENT;
    }

    private static boolean recent(Standing node, Situation situation) {
        NodeMemory.Condemnation condemned = node.memory().condemned();
        return condemned != null && condemned.since().plus(STRAINED_FOR).isAfter(situation.now());
    }

    private static @Nullable Reason reason(Standing node) {
        NodeMemory.Condemnation condemned = node.memory().condemned();
        return condemned == null ? null : condemned.reason();
    }

    /** Whether the guards agree. */
    private static boolean remove(Standing node, Draft draft) {
        return draft.want(TakeOut.of(node, Objects.requireNonNull(reason(node))));
    }
}
