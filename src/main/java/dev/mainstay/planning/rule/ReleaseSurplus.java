package dev.mainstay.planning.rule;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * More in service than {@code desired}: one goes. Stand-ins first, then the exhausted, then from the fullest zone (where price
 * is the whole market, from the dearest pool), then the
 * youngest; never under the base. While one drains the next waits.
 */
final class ReleaseSurplus implements Rule {
    private static final double SHARE_A_PASS = 0.1;

    @Override
    public RuleName name() {
        return RuleName.RELEASE_SURPLUS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        int desired = situation.spec().capacity().desired();
        List<Standing> serving = situation.nodes().stream()
                // One that EC2 does not list just now stays: nobody knows where it is registered.
                .filter(node -> node.phase() == Phase.IN_SERVICE && node.seen() != null && draft.isCounted(node))
                .toList();
        int surplus = serving.size() - desired - situation.spares();
        boolean draining = situation.nodes().stream().anyMatch(Standing::leaving);
        if (surplus <= 0 || draining) {
            return;
        }
        int onDemand = (int) serving.stream().filter(Standing::onDemand).count();
        int standIns = situation.standIns(onDemand);
        int most = standIns > 0 ? 1 : Math.max(1, (int) (SHARE_A_PASS * serving.size()));
        int spareOnDemand = onDemand - situation.spec().capacity().onDemandBase();
        List<Standing> candidates = serving.stream()
                // While there are stand-ins only they go: a spot node is no substitute for one that is held back.
                .filter(node -> standIns > 0 ? node.onDemand() : !node.onDemand() || spareOnDemand > 0)
                .sorted(order(situation, draft))
                .toList();
        int released = 0;
        for (Standing node : candidates) {
            // One that must stay, because someone protected it, does not keep the others.
            if (released < Math.min(most, surplus) && draft.want(removal(node, reason(standIns, serving, desired)))) {
                released++;
            }
        }
    }

    private static Reason reason(int standIns, List<Standing> serving, int desired) {
        return standIns > 0
                ? new Reason.StandInNotNeeded(serving.size(), desired)
                : new Reason.MoreThanWanted(serving.size(), desired);
    }

    private static Action removal(Standing node, Reason reason) {
        var groups =
                new TreeSet<>(node.sight().map(seen -> seen.targets().keySet()).orElseThrow());
        return groups.isEmpty()
                ? new Action.Terminate(node.id(), false, reason)
                : new Action.Deregister(node.id(), groups, reason);
    }

    private static Comparator<Standing> order(Situation situation, Draft draft) {
        Comparator<Standing> exhaustedFirst =
                Comparator.comparing(node -> node.memory().credits().exhaustedSince() == null);
        // Where price is the whole market a spot node too many is mostly the rest of a move.
        Comparator<Standing> dearestPool =
                Comparator.comparingDouble(node -> situation.spotPools().bidEra() && !node.onDemand()
                        ? -situation.spotPools().burden(node.memory().instance().pool())
                        : 0);
        Comparator<Standing> fullestZone = Comparator.comparingInt(
                node -> -draft.countedIn(node.memory().instance().zone()));
        Comparator<Standing> youngest = Comparator.<Standing, Instant>comparing(
                        node -> node.memory().instance().launchedAt())
                .reversed();
        return exhaustedFirst
                .thenComparing(dearestPool)
                .thenComparing(fullestZone)
                .thenComparing(youngest)
                .thenComparing(Standing::id);
    }
}
