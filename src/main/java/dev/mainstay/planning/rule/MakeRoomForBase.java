package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Market;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.PoolMemory;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Withheld;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the base is missing on-demand nodes, and spot nodes fill the cluster up to {@code max}, one spot node goes first: the
 * base is the last stand, and would otherwise never come. The only case besides a node that serves nobody in which something
 * goes before its successor is there, so within the floor, one at a time, and only while on-demand is to be had: refused
 * again and again, it would cost a spot node each time.
 */
final class MakeRoomForBase implements Rule {
    /** So long after a refusal nobody makes room for what may be refused again. */
    private static final Duration CALM = Duration.ofHours(1);

    /** Whoever may not go, such as a protected node, is passed over. */
    private static final int MOST_REFUSALS = 5;

    @Override
    public RuleName name() {
        return RuleName.MAKE_ROOM_FOR_BASE;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        if (draft.withheld().stream().noneMatch(MakeRoomForBase::noRoomForBase)) {
            return;
        }
        Reason reason = new Reason.RoomForBase(
                draft.countedOnDemand(),
                situation.spec().capacity().onDemandBase(),
                situation.spec().capacity().max());
        boolean roomComes = draft.newlyLaunched() > 0
                || situation.unanswered() > 0
                || situation.nodes().stream()
                        .anyMatch(
                                node -> node.leaving() || node.phase() == Phase.DOOMED || node.phase() == Phase.COMING);
        if (roomComes || refusedOfLate(situation)) {
            draft.waits(reason, null);
            return;
        }
        List<Standing> spot = situation.nodes().stream()
                .filter(node -> !node.onDemand() && node.seen() != null && !draft.isBusy(node))
                .filter(node -> mayMakeRoom(node.phase()) && !draft.isCondemned(node) && !situation.isCanary(node))
                .toList();
        Victims victims = new Victims(spot, situation, draft);
        for (int refused = 0; refused < MOST_REFUSALS; refused++) {
            Optional<Standing> node = victims.next();
            if (node.isEmpty() || draft.want(TakeOut.of(node.get(), reason))) {
                return;
            }
        }
    }

    private static boolean noRoomForBase(Withheld held) {
        return held.guard() == GuardName.MAX_NODES
                && held.action() instanceof Action.Launch launch
                && launch.market() == Market.ON_DEMAND
                && launch.reason() instanceof Reason.BaseMissing;
    }

    private static boolean refusedOfLate(Situation situation) {
        return situation.memory().pools().values().stream()
                .map(PoolMemory::onDemandRefusedUntil)
                .anyMatch(until -> until != null && until.plus(CALM).isAfter(situation.now()));
    }

    private static boolean mayMakeRoom(Phase phase) {
        return switch (phase) {
            case AT_RISK, SUSPECT, IN_SERVICE -> true;
            case LOST,
                    FOREIGN,
                    HELD_BY_SOMEONE,
                    KEPT_FOR_DEBUGGING,
                    QUARANTINED,
                    RESTING,
                    DRAINING,
                    CONDEMNED,
                    DOOMED,
                    COMING -> false;
        };
    }
}
