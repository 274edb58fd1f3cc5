package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Histories made from a seed, in the shapes of recorded ones. They begin at midnight of a Monday, and every day of them
 * is eventful by design: a market-wide squeeze, losses in single zones, and a crawler that outlasts a burstable node's
 * credits. {@code docs/simulation.md} says which figures were fitted to what. The same arguments make the same
 * histories, on every machine.
 */
public final class GeneratedHistories {
    private static final Duration DAY = Duration.ofDays(1);

    private GeneratedHistories() {}

    /**
     * @param onDemandPrice of the type, in USD per hour: what the spot prices are scaled to
     * @param length rounded up to whole days; after it the histories repeat
     */
    public static Histories of(long seed, List<Zone> zones, InstanceType type, double onDemandPrice, Duration length) {
        if (zones.isEmpty() || !(onDemandPrice > 0) || !length.isPositive()) {
            throw new IllegalArgumentException("histories need at least one zone, a price above zero and a length");
        }
        int days = (int) Math.ceilDiv(length.toMillis(), DAY.toMillis());
        // A source of its own for each part: another zone, or one draw more, does not change what the others get.
        SplittableRandom source = new SplittableRandom(seed);
        SplittableRandom forLoad = source.split();
        SplittableRandom forCrawler = source.split();
        SplittableRandom forPrices = source.split();
        SplittableRandom forCapacity = source.split();
        SortedMap<Pool, PriceTrace> prices = new TreeMap<>();
        for (PriceTrace price : new GeneratedPrices(forPrices, onDemandPrice, days).of(type, zones)) {
            prices.put(price.pool(), price);
        }
        SortedMap<Zone, CapacityTrace> capacities = new TreeMap<>();
        for (CapacityTrace capacity : new GeneratedCapacity(forCapacity, zones, days).traces()) {
            capacities.put(capacity.zone(), capacity);
        }
        String origin = "generated, seed " + seed;
        return new Histories(
                GeneratedLoad.visitors(forLoad, days),
                GeneratedLoad.crawler(forCrawler, days),
                prices,
                capacities,
                origin,
                origin,
                origin);
    }
}
