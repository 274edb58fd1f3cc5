package dev.mainstay.cli;

import dev.mainstay.backtest.CapacityMarket;
import dev.mainstay.backtest.Frame;
import dev.mainstay.backtest.Markets;
import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is replayed, and in which frame. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls a command
final class BacktestFrame {
    private static final int USUAL_NODES = 4;

    @Option(
            names = "--availability",
            paramLabel = "FILE|DIR",
            arity = "1..*",
            description =
                    "Where spot was to be had: a JSON file a zone, {\"metadata\":{\"gap_seconds\":300},\"data\":[4,0,…]};"
                            + " a directory is one cluster's zones.")
    private List<Path> availability = List.of();

    @Option(
            names = "--gap-seconds",
            paramLabel = "N",
            description = "The time between two numbers, in place of what the files say.")
    private @Nullable Double gapSeconds;

    @Option(
            names = "--prices",
            paramLabel = "FILE|DIR",
            arity = "1..*",
            description =
                    "What spot cost: CSV timestamp,price, named TYPE-ZONE.csv or with columns type and zone, or the JSON of"
                            + " aws ec2 describe-spot-price-history. All series of a type are one cluster's zones.")
    private List<Path> prices = List.of();

    @Option(names = "--per-series", description = "With --prices: each series is a cluster's only zone.")
    private boolean perSeries;

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes wanted; the config's, or 4, when not given.")
    private @Nullable Integer nodes;

    @Option(names = "--base", paramLabel = "N", description = "Of these on-demand; the config's, or 0, when not given.")
    private @Nullable Integer base;

    @Option(
            names = "--cold-start",
            paramLabel = "TIME",
            description = "From a launch to traffic; 2m when not given, 5m with --prices.")
    private @Nullable Duration coldStart;

    @Option(
            names = "--notice-probability",
            paramLabel = "P",
            description = "The share of losses that are announced two minutes ahead; 1 when not given.")
    private @Nullable Double noticeProbability;

    @Option(
            names = "--notice-model",
            paramLabel = "MODEL",
            defaultValue = "node",
            description =
                    "node: each notice fails for itself; zone: those of a zone fail together. node when not given.")
    private Frame.NoticeModel noticeModel;

    @Option(
            names = "--spot-price",
            paramLabel = "USD",
            description = "With --availability: of a node in an hour; 1 when not given.")
    private @Nullable Double spotPrice;

    @Option(
            names = "--on-demand-price",
            paramLabel = "USD|TYPE=USD",
            split = ",",
            description =
                    "Of a node in an hour. With --availability 3 when not given; with --prices the catalog's of the"
                            + " type, where it has one, and where types differ TYPE=USD with commas between.")
    private List<String> onDemandPrice = List.of();

    @Option(
            names = "--max-price",
            paramLabel = "USD",
            description = "With --prices: above it spot is taken; the on-demand price when not given.")
    private @Nullable Double maxPrice;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeSpan.Converter.class,
            description = "Where the replay begins: 2015-04-01, or 20d from the start of the history.")
    private TimeSpan.@Nullable Edge from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeSpan.Converter.class,
            description = "Where the replay ends, in the same forms.")
    private TimeSpan.@Nullable Edge to;

    boolean prices() {
        return !prices.isEmpty();
    }

    String kind() {
        return prices() ? "price" : "availability";
    }

    Frame frame(CommandSpec spec, Optional<ClusterSpec.Capacity> config) {
        String wrong = prices() == !availability.isEmpty()
                ? "needs a history: either --availability or --prices"
                : prices() && (gapSeconds != null || spotPrice != null)
                        ? "--gap-seconds and --spot-price are for --availability"
                        : !prices() && (perSeries || maxPrice != null)
                                ? "--per-series and --max-price are for --prices"
                                : "";
        int desired = nodes != null
                ? nodes
                : config.map(ClusterSpec.Capacity::desired).orElse(USUAL_NODES);
        int onDemand = base != null
                ? base
                : config.map(ClusterSpec.Capacity::onDemandBase).orElse(0);
        double noticed = noticeProbability == null ? 1 : noticeProbability;
        if (desired < 1 || desired > 1000 || onDemand < 0 || onDemand > desired) {
            wrong = "--nodes %d --base %d: needs 1 to 1000 nodes, and a base from 0 to as many"
                    .formatted(desired, onDemand);
        }
        if (!(noticed >= 0 && noticed <= 1)) {
            wrong = "--notice-probability %s: needs a number from 0 to 1".formatted(noticed);
        }
        if (!wrong.isEmpty()) {
            throw new ParameterException(spec.commandLine(), wrong);
        }
        Duration usual = Duration.ofMinutes(prices() ? 5 : 2);
        return new Frame(
                Duration.ofSeconds(prices() ? 60 : 30),
                coldStart == null ? usual : coldStart,
                desired,
                onDemand,
                noticed,
                noticeModel);
    }

    Markets markets(CommandSpec spec, Frame frame) {
        TimeSpan span = new TimeSpan(from, to);
        if (prices()) {
            Optional<Double> limit = Optional.ofNullable(maxPrice).map(price -> positive(spec, "--max-price", price));
            Map<String, Double> given = onDemandPrices(spec);
            Catalog catalog = Catalog.shipped();
            return Markets.prices(prices, perSeries, frame, span, pool -> price(spec, pool, given, catalog), limit);
        }
        Optional<Duration> gap = Optional.ofNullable(gapSeconds)
                .map(seconds -> Duration.ofMillis(Math.round(1000 * positive(spec, "--gap-seconds", seconds))));
        double spot = spotPrice == null ? 1 : positive(spec, "--spot-price", spotPrice);
        double onDemand = onDemandPrices(spec).getOrDefault("", 3.0);
        return Markets.availability(availability, gap, frame, span, new CapacityMarket.Prices(spot, onDemand));
    }

    /** By type; the price of all others under the empty name. */
    private Map<String, Double> onDemandPrices(CommandSpec spec) {
        Map<String, Double> given = new HashMap<>();
        for (String text : onDemandPrice) {
            int equals = text.indexOf('=');
            try {
                double price = Double.parseDouble(text.substring(equals + 1));
                given.put(equals < 0 ? "" : text.substring(0, equals), positive(spec, "--on-demand-price", price));
            } catch (NumberFormatException e) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--on-demand-price '%s': needs USD per hour, such as 0.0104, or t3.micro=0.0104"
                                .formatted(text),
                        e);
            }
        }
        return given;
    }

    private static double price(CommandSpec spec, Pool pool, Map<String, Double> given, Catalog catalog) {
        Double price = given.getOrDefault(pool.type().name(), given.get(""));
        if (price != null) {
            return price;
        }
        String zone = pool.zone().value();
        return catalog.onDemandUsdPerHour(zone.substring(0, zone.length() - 1), pool.type())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "the on-demand price of %s is not known; give it with --on-demand-price %s=USD"
                                .formatted(pool, pool.type())));
    }

    private static double positive(CommandSpec spec, String option, double number) {
        if (!(number > 0 && number < 1e6)) {
            throw new ParameterException(spec.commandLine(), "%s %s: needs a number above 0".formatted(option, number));
        }
        return number;
    }
}
