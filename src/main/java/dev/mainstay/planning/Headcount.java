package dev.mainstay.planning;

import dev.mainstay.cluster.Zone;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How many nodes count toward {@code desired}: in all, of on-demand, and in each zone. */
record Headcount(int all, int onDemand, Map<Zone, Integer> zones) {

    static Headcount of(Collection<Standing> nodes) {
        int onDemand = 0;
        Map<Zone, Integer> zones = new HashMap<>();
        for (Standing node : nodes) {
            onDemand += node.onDemand() ? 1 : 0;
            zones.merge(node.memory().instance().zone(), 1, Integer::sum);
        }
        return new Headcount(nodes.size(), onDemand, zones);
    }

    int in(Zone zone) {
        return zones.getOrDefault(zone, 0);
    }
}
