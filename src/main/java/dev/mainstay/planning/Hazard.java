package dev.mainstay.planning;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often spot is lost or refused in each pool per day of our own time there, against what is usual in all of them. A
 * pool of which little is known is taken for a usual one: it begins with one day at the usual rate.
 */
final class Hazard {
    private static final double PRIOR_DAYS = 1;

    /** With nothing known at all: one trouble in one day, so that no rate is ever zero. */
    private static final double PRIOR_TROUBLES = 1;

    private Hazard() {}

    /** Each pool's rate over the usual rate: 1 where nothing is known. */
    static Map<Pool, Double> of(Collection<Pool> pools, Memory memory, Instant now) {
        Map<Pool, Double> running = new HashMap<>();
        for (NodeMemory node : memory.nodes().values()) {
            Instance instance = node.instance();
            if (instance.market() == Market.SPOT && !node.lost()) {
                running.merge(instance.pool(), Decayed.days(instance.launchedAt(), now), Double::sum);
            }
        }
        double troubles = PRIOR_TROUBLES;
        double days = PRIOR_DAYS;
        for (Pool pool : pools) {
            troubles += memory.pool(pool).troubles().at(now);
            days += days(pool, memory, running, now);
        }
        double usual = troubles / days;
        Map<Pool, Double> ratios = new LinkedHashMap<>();
        for (Pool pool : pools) {
            double rate = (memory.pool(pool).troubles().at(now) + usual * PRIOR_DAYS)
                    / (days(pool, memory, running, now) + PRIOR_DAYS);
            ratios.put(pool, rate / usual);
        }
        return ratios;
    }

    private static double days(Pool pool, Memory memory, Map<Pool, Double> running, Instant now) {
        return memory.pool(pool).exposure().at(now) + running.getOrDefault(pool, 0.0);
    }
}
