package dev.mainstay.backtest;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.AvailabilityReader;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.simulation.trace.PriceReader;
import dev.mainstay.simulation.trace.PriceTrace;
import dev.mainstay.simulation.trace.Recorded;
import dev.mainstay.simulation.trace.TraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The markets in recorded files.
 *
 * @param remarks what was made of the files, to be shown
 */
public record Markets(List<SpotMarket> all, List<String> remarks) {
    public Markets {
        all = List.copyOf(all);
        remarks = List.copyOf(remarks);
    }

    /** The part of a history to be replayed. */
    public interface Span {
        /** Where it begins, as a time since the start of the history. */
        Duration from(Optional<Instant> recordedFrom, Duration length);

        /** Where it ends. */
        Duration to(Optional<Instant> recordedFrom, Duration length);
    }

    /**
     * Room for spot by zone: each directory is a cluster's zones, and the files that are named themselves are another's.
     *
     * @param gap the time between ticks of the files, in place of what they say
     * @throws TraceException with all that is wrong with the files
     */
    public static Markets availability(
            List<Path> paths, Optional<Duration> gap, Frame frame, Span span, CapacityMarket.Prices prices) {
        List<List<Path>> clusters = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                clusters.add(List.of(path));
            } else {
                files.add(path);
            }
        }
        if (!files.isEmpty()) {
            clusters.add(files);
        }
        List<SpotMarket> markets = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (List<Path> cluster : clusters) {
            Recorded<SortedMap<Zone, CapacityTrace>> read = new AvailabilityReader(gap).read(cluster);
            remarks.addAll(read.remarks());
            Duration length = read.traces().firstEntry().getValue().length();
            markets.add(CapacityMarket.of(
                    name(cluster),
                    read.traces(),
                    frame.tick(),
                    span.from(Optional.empty(), length),
                    span.to(Optional.empty(), length),
                    prices));
        }
        return new Markets(markets, remarks);
    }

    private static String name(List<Path> files) {
        Path last = files.getFirst().getFileName();
        String first = last == null ? files.getFirst().toString() : last.toString();
        return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
    }

    /**
     * Spot prices: the series of each type are the zones of one market, or each series is one for itself.
     *
     * @param onDemand the on-demand price of a type in a zone, in USD per hour
     * @param limit above which spot is taken, in USD per hour; empty: the on-demand price
     * @throws TraceException with all that is wrong with the files
     */
    public static Markets prices(
            List<Path> paths,
            boolean perSeries,
            Frame frame,
            Span span,
            Function<Pool, Double> onDemand,
            Optional<Double> limit) {
        Recorded<SortedMap<Pool, PriceTrace>> read = new PriceReader().read(paths);
        SortedMap<String, List<PriceTrace>> grouped = new TreeMap<>();
        read.traces().forEach((pool, trace) -> {
            InstanceType type = pool.type();
            String name = perSeries ? type + "-" + pool.zone() : type.name();
            grouped.computeIfAbsent(name, _ -> new ArrayList<>()).add(trace);
        });
        List<SpotMarket> markets = new ArrayList<>();
        grouped.forEach((name, traces) -> {
            PriceTrace first = traces.getFirst();
            double price = onDemand.apply(first.pool());
            markets.add(PriceMarket.of(
                    name,
                    traces,
                    first.recordedFrom().orElseThrow(),
                    frame.tick(),
                    span.from(first.recordedFrom(), first.length()),
                    span.to(first.recordedFrom(), first.length()),
                    price,
                    limit.orElse(price)));
        });
        return new Markets(markets, read.remarks());
    }
}
