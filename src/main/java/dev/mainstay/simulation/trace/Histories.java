package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation replays, and where each part is from: whoever looks on must be told what is recorded and what is
 * made.
 *
 * @param visitors demand per node that is shared out by the load balancer, in percent of one node
 * @param crawler demand that sticks to one node while it lasts, in percent of that node; zero between its bursts
 * @param prices empty: prices do not move
 * @param capacities empty: there is always room
 * @param loadOrigin one line on where {@code visitors} and {@code crawler} are from
 */
public record Histories(
        LoadTrace visitors,
        LoadTrace crawler,
        SortedMap<Pool, PriceTrace> prices,
        SortedMap<Zone, CapacityTrace> capacities,
        String loadOrigin,
        String priceOrigin,
        String capacityOrigin) {

    public Histories {
        prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
        capacities = Collections.unmodifiableSortedMap(new TreeMap<>(capacities));
    }

    /** These with recorded loads: the average of them as the visitors, and no crawler, whose demand they include. */
    public Histories withLoads(Recorded<List<LoadTrace>> recorded) {
        return new Histories(
                LoadTrace.average(recorded.traces()),
                LoadTrace.constant(0),
                prices,
                capacities,
                recorded.origin(),
                priceOrigin,
                capacityOrigin);
    }

    /** These with recorded prices. */
    public Histories withPrices(Recorded<SortedMap<Pool, PriceTrace>> recorded) {
        return new Histories(
                visitors,
                crawler,
                new TreeMap<>(recorded.traces()),
                capacities,
                loadOrigin,
                recorded.origin(),
                capacityOrigin);
    }

    /** These with recorded capacities. */
    public Histories withCapacities(Recorded<SortedMap<Zone, CapacityTrace>> recorded) {
        return new Histories(
                visitors,
                crawler,
                prices,
                new TreeMap<>(recorded.traces()),
                loadOrigin,
                priceOrigin,
                recorded.origin());
    }
}
