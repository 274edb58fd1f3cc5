package dev.mainstay.stories;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.config.ConfigReader;
import dev.mainstay.config.Mistake;
import dev.mainstay.config.Reading;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.trace.LoadTrace;
import dev.mainstay.simulation.trace.PriceTrace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a story takes place: what its first two parts say, over a small cluster in a calm region. */
final class Setting {
    private static final String REGION = "us-east-1";
    private static final String NAME = "blog";
    private static final String TEMPLATE = "lt-0123456789abcdef0";
    /** Histories repeat after it; EC2 tells of the last thirty days. */
    private static final Duration LENGTH = Duration.ofDays(60);

    private static final Duration LOADS = Duration.ofDays(5);
    /** Of on-demand. */
    private static final double USUAL_PRICE = 0.3;

    final Map<String, String> cluster = new LinkedHashMap<>();
    final SortedMap<Zone, String> subnets = new TreeMap<>();
    long seed = 7;
    boolean fromNothing;
    InstanceType type = new InstanceType("t2.micro");
    Duration draining = Duration.ofMinutes(1);
    Duration invisible = Duration.ZERO;
    Launching launching = Launching.MAINSTAY;
    boolean hooked;
    int largestGroup = 8;
    LaunchBy launchBy = LaunchBy.RUN_INSTANCES;
    Balancing balancing = Balancing.APPLICATION;
    WorldSpec.Boot boot = WorldSpec.Boot.TYPICAL;
    WorldSpec.Overload overload = WorldSpec.Overload.NEVER;
    double slowBeyond = 20;
    /** In percent of one node, from each time on. */
    final SortedMap<Duration, Double> loads = new TreeMap<>(Map.of(Duration.ZERO, 5.0));

    final SortedMap<Duration, Double> crawlers = new TreeMap<>(Map.of(Duration.ZERO, 0.0));
    /** By zone, in USD per hour, from each time on. */
    final SortedMap<Zone, SortedMap<Duration, Double>> prices = new TreeMap<>();

    Setting() {
        List.of("a", "b", "c").forEach(letter -> subnets.put(new Zone(REGION + letter), "subnet-" + letter));
        cluster.put("capacity", "capacity: { desired: 4 }");
        cluster.put("spot", "spot: { types: [t2.micro] }");
    }

    /** A cluster that is there has an hour behind it, and its nodes are no longer young. */
    Duration opening() {
        return fromNothing ? Duration.ZERO : Duration.ofHours(1);
    }

    /** The cluster as the config reader makes it of the story's lines. */
    ClusterSpec spec(Words words, Map<String, String> changes) {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("launch", launching == Launching.MAINSTAY ? launch() : launching.config(hooked));
        sections.putAll(cluster);
        if (launching != Launching.MAINSTAY) {
            sections.remove("spot");
        }
        sections.putAll(changes);
        sections.values().removeIf("spot: none"::equals);
        String text = """
                mainstay:
                  mode: act
                  state: /var/lib/mainstay
                  clusters:
                    %s:
                      region: %s
                      load-balancer: %s
                %s
                """.formatted(
                        NAME,
                        REGION,
                        balancing.config(),
                        sections.values().stream()
                                .map(section -> section.indent(6).stripTrailing())
                                .collect(Collectors.joining("\n")));
        return switch (ConfigReader.read("cluster", text)) {
            case Reading.Read read -> read.config().clusters().getFirst();
            case Reading.Refused refused ->
                throw words.mistake("this is no config: "
                        + refused.mistakes().stream().map(Mistake::toString).collect(Collectors.joining("; ")));
        };
    }

    private String launch() {
        return "launch: { by: %s, template: { id: %s }, subnets: { %s } }"
                .formatted(
                        launchBy.label(),
                        TEMPLATE,
                        subnets.entrySet().stream()
                                .map(subnet -> "%s: %s".formatted(subnet.getKey(), subnet.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    WorldSpec world() {
        WorldSpec calm = WorldSpec.calm(seed);
        WorldSpec.HealthChecks checks = calm.healthChecks();
        return calm.withPlace(place())
                .withBoot(boot)
                .withApi(new WorldSpec.Api(5, invisible, Duration.ZERO))
                .withHealthChecks(new WorldSpec.HealthChecks(
                        checks.interval(),
                        checks.timeout(),
                        checks.unhealthyAfter(),
                        checks.healthyAfter(),
                        draining,
                        slowBeyond,
                        balancing.lag()))
                .withSpot(WorldSpec.SpotRules.CALM.withPrices(priceTraces()))
                .withTraffic(new WorldSpec.Traffic(load(loads), load(crawlers), 4))
                .withOverload(overload);
    }

    private WorldSpec.Place place() {
        SortedMap<InstanceType, Double> types = new TreeMap<>();
        Catalog catalog = Catalog.shipped();
        for (String each : List.of("t2.micro", "t2.small", "t3.micro", "t3.small", "t3a.micro", "m5.large")) {
            InstanceType offered = new InstanceType(each);
            types.put(offered, catalog.onDemandUsdPerHour(REGION, offered).orElseThrow());
        }
        return new WorldSpec.Place(
                REGION,
                subnets,
                new WorldSpec.Template(TEMPLATE, "web", type, false),
                balancing.targetGroups(),
                types,
                launching.groups(type, balancing.targetGroups(), hooked, largestGroup));
    }

    private SortedMap<Pool, PriceTrace> priceTraces() {
        SortedMap<Pool, PriceTrace> traces = new TreeMap<>();
        prices.forEach((zone, changes) -> {
            Pool pool = new Pool(type, zone);
            SortedMap<Duration, Double> steps = new TreeMap<>(changes);
            double usual = place().onDemandUsdPerHour().get(type) * USUAL_PRICE;
            steps.put(Duration.ZERO, usual);
            // What was before the beginning is what is at the end of the trace: as it was at first.
            steps.put(LENGTH.dividedBy(2), usual);
            traces.put(pool, PriceTrace.of(pool, steps, LENGTH));
        });
        return traces;
    }

    private static LoadTrace load(SortedMap<Duration, Double> steps) {
        double[] values = new double[(int) LOADS.toMinutes()];
        for (int i = 0; i < values.length; i++) {
            Duration time = Duration.ofMinutes(i + 1L);
            values[i] = steps.headMap(time).values().stream().reduce(0.0, (_, last) -> last);
        }
        return LoadTrace.of(Duration.ofMinutes(1), values);
    }
}
