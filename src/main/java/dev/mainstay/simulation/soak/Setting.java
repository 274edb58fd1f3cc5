package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.simulation.trace.PriceTrace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One seed's cluster and world. While things go wrong, load, prices and spot capacity move too; afterwards there is little
 * load, low prices and room for all.
 */
record Setting(ClusterSpec spec, WorldSpec world) {
    private static final InstanceType T2_MICRO = new InstanceType("t2.micro");
    private static final InstanceType T3_MICRO = new InstanceType("t3.micro");
    private static final InstanceType FALLBACK = new InstanceType("t3.small");
    private static final Duration STEP = Duration.ofMinutes(20);
    /** How long it is calm at most once everything has healed: traces repeat after their end. */
    static final Duration CALM = Duration.ofDays(7);
    /** Ever less than the smallest baseline, so that credits are earned. */
    private static final double LITTLE = 2;

    static Setting of(long seed, int nodes, Duration faulty) {
        // One source for each of the two: a further draw in one does not change the other.
        SplittableRandom source = new SplittableRandom(seed);
        SplittableRandom forCluster = source.split();
        SplittableRandom forWorld = source.split();
        int desired = 1 + forCluster.nextInt(nodes);
        WorldSpec world = world(seed, desired, faulty, forWorld);
        return new Setting(spec(desired, world.place(), forCluster), world);
    }

    private static ClusterSpec spec(int desired, WorldSpec.Place place, SplittableRandom random) {
        List<Remedy> remedies = List.of(Remedy.values());
        Remedy remedy = remedies.get(random.nextInt(remedies.size()));
        boolean fallback = remedy == Remedy.PROMOTE || random.nextInt(3) == 0;
        int min = switch (random.nextInt(4)) {
            case 0 -> desired;
            case 1 -> 1 + random.nextInt(desired);
            default -> Math.ceilDiv(desired, 2);
        };
        int max = switch (random.nextInt(4)) {
            case 0 -> desired;
            case 1 -> desired + 1;
            default -> 2 * desired;
        };
        int base = random.nextInt(3) == 0 ? random.nextInt(desired + 1) : Math.min(1, desired);
        return new ClusterSpec(
                new ClusterName("soak"),
                Mode.ACT,
                place.region(),
                Duration.ofSeconds(30),
                place.targetGroups(),
                new ClusterSpec.Launch(
                        place.template().id(),
                        "$Default",
                        place.subnets(),
                        Map.of(),
                        random.nextInt(3) == 0 ? Duration.ZERO : ClusterSpec.Launch.KEPT_FOR),
                new ClusterSpec.Capacity(
                        desired, min, max, base, random.nextBoolean() ? List.of(T2_MICRO) : List.of(), false),
                random.nextInt(5) == 0 ? Optional.empty() : Optional.of(spot(random)),
                new ClusterSpec.Health(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        0.40,
                        Duration.ofMinutes(15),
                        3,
                        Duration.ofHours(1)),
                new ClusterSpec.Credits(remedy, 5, 30, 100, fallback ? FALLBACK : null, CreditMode.UNLIMITED),
                new ClusterSpec.Guards(
                        null, null, Duration.ofMinutes(10), 2, 24, 2, 6, Duration.ofHours(6), List.of()));
    }

    private static ClusterSpec.Spot spot(SplittableRandom random) {
        return new ClusterSpec.Spot(
                random.nextInt(3) == 0 ? List.of(T2_MICRO, T3_MICRO) : List.of(T2_MICRO),
                null,
                Duration.ofMinutes(15),
                0.10,
                Duration.ofMinutes(8),
                Duration.ofHours(2),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static WorldSpec world(long seed, int desired, Duration faulty, SplittableRandom random) {
        WorldSpec calm = WorldSpec.calm(seed);
        WorldSpec.Place place = WorldSpec.Place.US_EAST_1.withTypes(
                new TreeMap<>(Map.of(T2_MICRO, 0.0116, T3_MICRO, 0.0104, FALLBACK, 0.0208)));
        int steps = (int) Math.ceilDiv(faulty.toMillis(), STEP.toMillis());
        WorldSpec.SpotRules spot = WorldSpec.SpotRules.CALM
                .withMissingNotices(random.nextInt(2) * 0.3)
                .withCapacities(capacities(place, steps, random.split()));
        SplittableRandom forPrices = random.split();
        SplittableRandom forLoad = random.split();
        boolean busy = random.nextInt(2) == 0;
        // A page of two rows would make a month of prices hundreds of calls, as no page of AWS does.
        boolean moving = random.nextInt(3) == 0;
        return calm.withPlace(place)
                .withApi(new WorldSpec.Api(
                        moving ? 1000 : List.of(2, 5, 1000).get(random.nextInt(3)),
                        Duration.ofMinutes(random.nextInt(4)),
                        random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(20 + random.nextInt(400))))
                .withBoot(
                        random.nextInt(3) == 0
                                ? new WorldSpec.Boot(
                                        Duration.ofSeconds(15),
                                        Duration.ofSeconds(60),
                                        Duration.ofSeconds(90),
                                        Duration.ofSeconds(300),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(90))
                                : WorldSpec.Boot.TYPICAL)
                .withHealthChecks(
                        calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1L + random.nextInt(5))))
                .withSpot(moving ? spot.withPrices(prices(place, faulty, forPrices)) : spot)
                .withOverload(random.nextInt(4) == 0 ? new WorldSpec.Overload(1.2, 2.5) : WorldSpec.Overload.NEVER)
                .withTraffic(new WorldSpec.Traffic(
                        busy ? load(steps, forLoad) : LoadTrace.constant(5), LoadTrace.constant(0), desired));
    }

    /** Hours with more than a node can bear for long, and hours in which it earns credits. */
    private static LoadTrace load(int steps, SplittableRandom random) {
        double[] percent = new double[steps + calmSteps()];
        Arrays.fill(percent, LITTLE);
        int at = 0;
        while (at < steps) {
            int quiet = Math.min(steps, at + 3 + random.nextInt(15));
            int burst = Math.min(steps, quiet + 2 + random.nextInt(12));
            Arrays.fill(percent, quiet, burst, 25 + random.nextInt(100));
            at = burst;
        }
        return LoadTrace.of(STEP, percent);
    }

    /** In each zone, room that comes and goes. */
    private static SortedMap<Zone, CapacityTrace> capacities(
            WorldSpec.Place place, int steps, SplittableRandom random) {
        SortedMap<Zone, CapacityTrace> capacities = new TreeMap<>();
        int plenty = 1000;
        for (Zone zone : place.subnets().keySet()) {
            int scarcity = 3 + random.nextInt(20);
            int[] room = new int[steps + calmSteps()];
            for (int i = 0; i < room.length; i++) {
                room[i] = i < steps && random.nextInt(scarcity) == 0 ? random.nextInt(3) : plenty;
            }
            capacities.put(zone, CapacityTrace.of(zone, STEP, room));
        }
        return capacities;
    }

    /** Prices that cross on-demand and come back. */
    private static SortedMap<Pool, PriceTrace> prices(WorldSpec.Place place, Duration faulty, SplittableRandom random) {
        SortedMap<Pool, PriceTrace> prices = new TreeMap<>();
        place.onDemandUsdPerHour().forEach((type, onDemand) -> {
            for (Zone zone : place.subnets().keySet()) {
                Pool pool = new Pool(type, zone);
                SortedMap<Duration, Double> changes = new TreeMap<>();
                Duration at = Duration.ZERO;
                while (at.compareTo(faulty) < 0) {
                    changes.put(at, onDemand * (0.2 + 1.0 * random.nextDouble()));
                    at = at.plusMinutes(5 + random.nextInt(90));
                }
                changes.put(faulty, onDemand * 0.3);
                prices.put(pool, PriceTrace.of(pool, changes, faulty.plus(CALM)));
            }
        });
        return prices;
    }

    private static int calmSteps() {
        return (int) CALM.dividedBy(STEP);
    }
}
