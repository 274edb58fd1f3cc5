package dev.mainstay.planning.rule;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Phase;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * A spot node that boots is as good a cover as an on-demand one that boots, except in a pool that refused or lost spot of
 * late: there it may be gone before it ever serves. For as many slots as hang on such nodes on-demand is bought as well, as
 * far as there is room; it goes again once enough spot serves.
 */
final class InsureBootingSpot implements Rule {
    @Override
    public RuleName name() {
        return RuleName.INSURE_BOOTING_SPOT;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        situation.spec().spot().ifPresent(spot -> insure(spot, situation, draft));
    }

    private static void insure(ClusterSpec.Spot spot, Situation situation, Draft draft) {
        List<Pool> uncertain = uncertain(spot, situation, draft);
        ClusterSpec.Capacity capacity = situation.spec().capacity();
        int uninsured = capacity.desired() - (draft.counted() - uncertain.size());
        int room = capacity.max() - situation.existing() - draft.newlyLaunched();
        int wanted = Math.min(Math.min(uninsured, uncertain.size()), room);
        if (wanted <= 0) {
            return;
        }
        Reason reason = new Reason.BootingInRestlessPool(
                uncertain.stream().distinct().sorted().toList(), spot.insureFor());
        Launches launches = new Launches(situation, draft);
        for (int placed = 0; placed < wanted && launches.addOnDemand(reason); placed++) {}
        launches.draft(Role.STAND_IN, false);
    }

    /** The pool of each spot node that is counted on and may never serve: booting, asked for, or about to be. */
    private static List<Pool> uncertain(ClusterSpec.Spot spot, Situation situation, Draft draft) {
        List<Pool> booting = new ArrayList<>();
        for (Standing node : situation.nodes()) {
            // One that has served, and is missing in one old answer of the load balancer, has booted.
            boolean boots =
                    node.phase() == Phase.COMING && node.memory().health().firstHealthy() == null;
            if (boots && node.market() == Market.SPOT && draft.isCounted(node)) {
                booting.add(node.memory().instance().pool());
            }
        }
        for (Intent intent : situation.memory().intents().values()) {
            if (intent.action() instanceof Action.Launch launch && launch.market() == Market.SPOT) {
                add(launch.pool(), situation.memory().unseen(intent), booting);
            }
        }
        for (Action action : draft.assumed()) {
            if (action instanceof Action.Launch launch && launch.market() == Market.SPOT && launch.resend() == null) {
                add(launch.pool(), launch.count(), booting);
            }
        }
        booting.removeIf(pool -> !situation.spotPools().restless(pool, spot.insureFor()));
        return booting;
    }

    private static void add(Pool pool, int times, List<Pool> pools) {
        for (int i = 0; i < times; i++) {
            pools.add(pool);
        }
    }
}
