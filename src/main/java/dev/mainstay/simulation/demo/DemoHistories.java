package dev.mainstay.simulation.demo;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.AvailabilityReader;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.simulation.trace.GeneratedHistories;
import dev.mainstay.simulation.trace.Histories;
import dev.mainstay.simulation.trace.LoadReader;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.simulation.trace.PriceReader;
import dev.mainstay.simulation.trace.PriceTrace;
import dev.mainstay.simulation.trace.Recorded;
import dev.mainstay.simulation.trace.TraceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the demo replays: generated histories, with recorded ones in the place of those that were given.
 *
 * @param types the instance types of the recorded prices; else {@code t2.micro}
 * @param remarks what was made of the recorded files, to be shown
 */
record DemoHistories(Histories histories, SortedSet<InstanceType> types, SortedSet<Zone> zones, List<String> remarks) {

    static final String REGION = "us-east-1";
    static final InstanceType MICRO = new InstanceType("t2.micro");
    private static final List<Zone> ZONES =
            List.of(new Zone("us-east-1a"), new Zone("us-east-1b"), new Zone("us-east-1c"));

    /** The generated histories repeat after so long. */
    private static final Duration GENERATED = Duration.ofDays(14);

    /**
     * Reads what was given.
     *
     * @throws TraceException if a file cannot be used
     */
    static DemoHistories of(long seed, List<Path> cpu, List<Path> prices, List<Path> availability, Catalog catalog) {
        List<String> remarks = new ArrayList<>();
        SortedMap<Pool, PriceTrace> recordedPrices = new TreeMap<>();
        SortedMap<Zone, CapacityTrace> recordedCapacities = new TreeMap<>();
        String priceOrigin = "";
        String capacityOrigin = "";
        if (!prices.isEmpty()) {
            Recorded<SortedMap<Pool, PriceTrace>> read = new PriceReader().read(prices);
            recordedPrices.putAll(read.traces());
            priceOrigin = read.origin();
            remarks.addAll(read.remarks());
        }
        if (!availability.isEmpty()) {
            Recorded<SortedMap<Zone, CapacityTrace>> read = new AvailabilityReader().read(availability);
            recordedCapacities.putAll(read.traces());
            capacityOrigin = read.origin();
            remarks.addAll(read.remarks());
        }
        SortedSet<InstanceType> types = new TreeSet<>();
        SortedSet<Zone> zones = new TreeSet<>();
        recordedPrices.keySet().forEach(pool -> {
            types.add(pool.type());
            zones.add(pool.zone());
        });
        if (types.isEmpty()) {
            types.add(MICRO);
        }
        types.forEach(type -> requirePrice(type, catalog));
        if (zones.isEmpty()) {
            zones.addAll(recordedCapacities.isEmpty() ? ZONES : recordedCapacities.keySet());
        } else if (!zones.containsAll(recordedCapacities.keySet())) {
            recordedCapacities = inOrder(recordedCapacities, zones, remarks);
        }
        Histories histories = GeneratedHistories.of(
                seed,
                List.copyOf(zones),
                types.first(),
                catalog.onDemandUsdPerHour(REGION, types.first()).orElseThrow(),
                GENERATED);
        if (!prices.isEmpty()) {
            histories = histories.withPrices(new Recorded<>(recordedPrices, priceOrigin, List.of()));
        }
        if (!availability.isEmpty()) {
            histories = histories.withCapacities(new Recorded<>(recordedCapacities, capacityOrigin, List.of()));
        }
        if (!cpu.isEmpty()) {
            Recorded<List<LoadTrace>> read = new LoadReader().read(cpu);
            histories = histories.withLoads(read);
            remarks.addAll(read.remarks());
        }
        return new DemoHistories(histories, types, zones, List.copyOf(remarks));
    }

    /** Where prices and capacities were recorded in different zones, one zone's capacity is taken for another's. */
    private static SortedMap<Zone, CapacityTrace> inOrder(
            SortedMap<Zone, CapacityTrace> capacities, SortedSet<Zone> zones, List<String> remarks) {
        SortedMap<Zone, CapacityTrace> placed = new TreeMap<>();
        Iterator<Zone> places = zones.iterator();
        capacities.forEach((zone, trace) -> {
            if (places.hasNext()) {
                Zone place = places.next();
                placed.put(place, trace);
                remarks.add("the availability of %s is replayed in %s".formatted(zone, place));
            } else {
                remarks.add("the availability of %s is not used: there are prices for %d zones only"
                        .formatted(zone, zones.size()));
            }
        });
        return placed;
    }

    private static void requirePrice(InstanceType type, Catalog catalog) {
        OptionalDouble price = catalog.onDemandUsdPerHour(REGION, type);
        if (price.isEmpty()) {
            throw new TraceException(
                    List.of("prices of %s: the catalog has no on-demand price for it in %s; types that it has: %s"
                            .formatted(type, REGION, catalog.types())));
        }
    }
}
