package dev.mainstay.planning;

import dev.mainstay.cluster.Market;
import java.util.Collection;

/**
 * The numbers of a situation. Rules and guards ask for them for each node and each action, so they are counted once.
 *
 * @param inService get traffic now
 * @param existing exist and count against {@code max}
 * @param staying serve for longer than the next minutes, or will
 * @param unanswered may have been made by launches without an answer, and are not to be seen
 */
record Census(int inService, int onDemandInService, int existing, int staying, int unanswered, int unansweredOnDemand) {

    static Census of(Collection<Standing> nodes, Memory memory) {
        int inService = 0;
        int onDemandInService = 0;
        int existing = 0;
        int staying = 0;
        for (Standing node : nodes) {
            inService += node.inService() ? 1 : 0;
            onDemandInService += node.inService() && node.onDemand() ? 1 : 0;
            existing += node.exists() ? 1 : 0;
            staying += stays(node) ? 1 : 0;
        }
        int unanswered = 0;
        int unansweredOnDemand = 0;
        for (Intent intent : memory.intents().values()) {
            int unseen = memory.unseen(intent);
            boolean onDemand = intent.action() instanceof Action.Launch launch && launch.market() == Market.ON_DEMAND;
            unanswered += unseen;
            unansweredOnDemand += onDemand ? unseen : 0;
        }
        return new Census(inService, onDemandInService, existing + unanswered, staying, unanswered, unansweredOnDemand);
    }

    private static boolean stays(Standing node) {
        return (node.inService() && node.phase() != Phase.DOOMED && node.phase() != Phase.DRAINING)
                || node.phase() == Phase.COMING;
    }
}
