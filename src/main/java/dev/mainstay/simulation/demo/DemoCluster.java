package dev.mainstay.simulation.demo;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cluster of the demo: four nodes wanted, one of them on-demand as the last stand, the rest spot over the zones,
 * behind a load balancer. It is the kind of cluster that people ran, and described, in 2011. Every rule has its default.
 */
final class DemoCluster {
    private static final String TEMPLATE = "lt-0123456789abcdef0";
    private static final int DESIRED = 4;

    /** The checked page costs next to nothing, so a node without credits still answers it while its visitors wait. */
    private static final WorldSpec.HealthChecks HEALTH_CHECKS =
            new WorldSpec.HealthChecks(Duration.ofSeconds(30), Duration.ofSeconds(5), 2, 5, Duration.ofMinutes(1), 20);

    private DemoCluster() {}

    /** What Mainstay is told about it. */
    static ClusterSpec spec(DemoHistories histories, WorldSpec.Place place) {
        List<InstanceType> types = place.onDemandUsdPerHour().entrySet().stream()
                .sorted(Map.Entry.<InstanceType, Double>comparingByValue(Comparator.naturalOrder())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        return new ClusterSpec(
                new ClusterName("demo"),
                Mode.ACT,
                DemoHistories.REGION,
                Duration.ofSeconds(30),
                place.targetGroups(),
                new ClusterSpec.Launch(TEMPLATE, "$Default", place.subnets(), Map.of()),
                new ClusterSpec.Capacity(DESIRED, 2, 8, 1, types, false),
                Optional.of(new ClusterSpec.Spot(
                        List.copyOf(histories.types()),
                        null,
                        Duration.ofMinutes(15),
                        0.10,
                        Duration.ofMinutes(8),
                        Duration.ofHours(2),
                        true,
                        false)),
                new ClusterSpec.Health(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        0.40,
                        Duration.ofMinutes(15),
                        3,
                        Duration.ofHours(1)),
                new ClusterSpec.Credits(Remedy.AUTO, 5, 30, 100, null, CreditMode.UNLIMITED),
                new ClusterSpec.Guards(
                        null, null, Duration.ofMinutes(10), 2, 24, 2, 6, Duration.ofHours(6), List.of()));
    }

    /** The world around it. */
    static WorldSpec world(long seed, DemoHistories histories, Catalog catalog) {
        SortedMap<Zone, String> subnets = new TreeMap<>();
        histories.zones().forEach(zone -> subnets.put(zone, "subnet-" + zone));
        SortedMap<InstanceType, Double> prices = new TreeMap<>();
        histories
                .types()
                .forEach(type -> prices.put(
                        type,
                        catalog.onDemandUsdPerHour(DemoHistories.REGION, type).orElseThrow()));
        WorldSpec.Place place = new WorldSpec.Place(
                DemoHistories.REGION,
                subnets,
                new WorldSpec.Template(TEMPLATE, "demo", histories.types().first(), false),
                WorldSpec.Place.US_EAST_1.targetGroups(),
                prices);
        return WorldSpec.calm(seed)
                .withPlace(place)
                .withHealthChecks(HEALTH_CHECKS)
                .withSpot(WorldSpec.SpotRules.CALM
                        .withPrices(histories.histories().prices())
                        .withCapacities(histories.histories().capacities()))
                .withTraffic(new WorldSpec.Traffic(
                        histories.histories().visitors(), histories.histories().crawler(), DESIRED));
    }
}
