package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads spot price histories, in USD per hour: CSV with the columns {@code timestamp,price}, of which each file is one
 * series and is named {@code TYPE-ZONE.csv}, or which has the columns type and zone; or the JSON answer of {@code aws
 * ec2 describe-spot-price-history}, its pages one after the other. Rows may be in any order, and a series may be spread
 * over files. Prices of zero or less, or {@code NaN}, are unknown: dropped, and the one before holds. The series of one
 * type are aligned: they begin at the latest of their first rows, and repeat after the earliest of their last.
 */
public final class PriceReader {
    private static final List<String> ENDINGS = List.of(".csv", ".json");

    /** The zone's form has room for local zones, such as {@code us-east-1-bos-1a}. */
    private static final Pattern NAME = Pattern.compile(
            "(?<type>[a-z0-9-]+\\.[a-z0-9-]+?)[-_](?<zone>[a-z]{2}(-[a-z]+)+-\\d+(-[a-z]+-\\d+)?[a-z])");

    private static final String COLUMNS_OR_NAME =
            "name the file TYPE-ZONE.csv, such as t3.micro-us-east-1a.csv, or give it the columns type and zone";

    /**
     * Reads all these files, and the {@code .csv} and {@code .json} files of directories.
     *
     * @throws TraceException with all that is wrong with them
     */
    public Recorded<SortedMap<Pool, PriceTrace>> read(List<Path> paths) {
        Mistakes mistakes = new Mistakes();
        PriceSeries series = new PriceSeries();
        List<Path> files = TraceFiles.find(paths, ENDINGS, mistakes);
        for (Path file : files) {
            TraceFiles.text(file, mistakes).ifPresent(text -> {
                int before = series.rows();
                Optional<MatchResult> name = name(file);
                for (Row row : rows(file, text, mistakes)) {
                    read(file, name, row, series, mistakes);
                }
                if (series.rows() == before && !mistakes.inFile()) {
                    mistakes.add(
                            file, "no price in it; a timestamp and a price in USD per hour are expected in each row");
                }
            });
            mistakes.close(file);
        }
        mistakes.raise();
        SortedMap<Pool, PriceTrace> traces = series.traces(mistakes);
        mistakes.raise();
        return new Recorded<>(new TreeMap<>(traces), TraceFiles.origin(files), series.remarks());
    }

    private static List<Row> rows(Path file, String text, Mistakes mistakes) {
        char first = text.stripLeading().charAt(0);
        return first == '{' || first == '['
                ? JsonRows.rows(file, text, Column.PRICE, mistakes)
                : Csv.rows(file, text, List.of(Column.TIMESTAMP, Column.PRICE), mistakes);
    }

    private static void read(Path file, Optional<MatchResult> name, Row row, PriceSeries series, Mistakes mistakes) {
        Optional<Pool> pool = pool(file, name, row, mistakes);
        String timestamp = row.get(Column.TIMESTAMP).orElse("");
        Optional<Instant> at = Fields.instant(timestamp);
        if (at.isEmpty()) {
            mistakes.add(
                    file, row.line(), "timestamp '%s' is no time; %s".formatted(timestamp, Fields.TIMESTAMP_FORMS));
        }
        String text = row.get(Column.PRICE).orElse("");
        OptionalDouble price = Fields.missing(text) ? OptionalDouble.of(0) : Fields.number(text);
        if (price.isEmpty()) {
            mistakes.add(
                    file,
                    row.line(),
                    "price '%s' is no number; USD per hour, such as 0.0031, is allowed".formatted(text));
        }
        if (pool.isPresent() && at.isPresent() && price.isPresent()) {
            series.add(
                    pool.get(),
                    row.get(Column.PRODUCT),
                    new PriceSeries.Recording(file, row.line(), new Sample(at.get(), price.getAsDouble())));
        }
    }

    /** The named groups type and zone of a file's name, or nothing. */
    private static Optional<MatchResult> name(Path file) {
        Matcher name = NAME.matcher(TraceFiles.baseName(file));
        return name.matches() ? Optional.of(name.toMatchResult()) : Optional.empty();
    }

    private static Optional<Pool> pool(Path file, Optional<MatchResult> name, Row row, Mistakes mistakes) {
        Optional<String> type = row.get(Column.TYPE).or(() -> name.map(match -> match.group("type")));
        Optional<String> zone = row.get(Column.ZONE).or(() -> name.map(match -> match.group("zone")));
        if (type.isEmpty() || zone.isEmpty()) {
            mistakes.add(
                    file,
                    row.line(),
                    "no %s: %s".formatted(type.isEmpty() ? "instance type" : "availability zone", COLUMNS_OR_NAME));
            return Optional.empty();
        }
        try {
            return Optional.of(new Pool(new InstanceType(type.get()), new Zone(zone.get())));
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    file,
                    row.line(),
                    "'%s' is no instance type; a name such as t3.micro is allowed".formatted(type.get()));
            return Optional.empty();
        }
    }
}
