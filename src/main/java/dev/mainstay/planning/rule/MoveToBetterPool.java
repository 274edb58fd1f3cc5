package dev.mainstay.planning.rule;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.SpotPools;
import dev.mainstay.planning.Standing;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Where price is the whole market, a node moves when another open pool has been better for five minutes by more than a
 * hundredth of the on-demand price: one is launched there beyond {@code desired}, and once it serves, the one in the dearest
 * pool is surplus and goes. One at a time, in a whole cluster in which nobody stands in.
 */
final class MoveToBetterPool implements Rule {
    /** In units of on-demand. A smaller difference is not worth a changeover (docs/decisions/0005). */
    private static final double WORTH_IT = 0.01;

    @Override
    public RuleName name() {
        return RuleName.MOVE_TO_BETTER_POOL;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        boolean wanted = situation.spec().spot().map(ClusterSpec.Spot::moves).orElse(false)
                && situation.spotPools().bidEra()
                && situation.standIns(draft.countedOnDemand()) == 0
                && Switches.quiet(situation, draft);
        if (!wanted) {
            return;
        }
        SpotPools pools = situation.spotPools();
        Optional<Standing> dearest = situation.nodes().stream()
                .filter(node -> node.phase() == Phase.IN_SERVICE && node.market() == Market.SPOT)
                .max(Comparator.<Standing>comparingDouble(node -> pools.burden(pool(node)))
                        .thenComparing(Standing::id));
        dearest.ifPresent(node -> move(node, situation, draft));
    }

    private static void move(Standing node, Situation situation, Draft draft) {
        Zone left = pool(node).zone();
        ToIntFunction<Zone> own = zone -> draft.countedIn(zone) - (zone.equals(left) ? 1 : 0);
        Optional<Pool> better = situation.spotPools().best(own);
        if (better.isEmpty() || better.get().equals(pool(node))) {
            return;
        }
        double gain = situation.spotPools().lastingGain(pool(node), better.get());
        if (gain > WORTH_IT && !Switches.wait(situation, draft)) {
            Launches launches = new Launches(situation, draft);
            launches.addSpotIn(better.get(), new Reason.BetterPool(pool(node), better.get(), gain));
            launches.draft(node.role(), true);
        }
    }

    private static Pool pool(Standing node) {
        return node.memory().instance().pool();
    }
}
