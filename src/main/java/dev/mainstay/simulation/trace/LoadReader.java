package dev.mainstay.simulation.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads CPU histories: CSV with the columns {@code timestamp,value}, the value in percent of one node, as CloudWatch
 * reports CPUUtilization; one series in a file, each from its own start. Also CSV without a header whose lines are a
 * name and a sample for every five minutes, as PlanetLab's are packed: one series in a line. A sample holds until the
 * next; missing ones ({@code NaN} or blank) are dropped, and the one before holds.
 */
public final class LoadReader {
    private static final List<String> ENDINGS = List.of(".csv");

    /** CloudWatch's averages of a saturated CPU exceed 100 % by a rounding now and then; more is another unit. */
    private static final double MOST = 101;

    private static final Duration NOTABLE_GAP = Duration.ofHours(1);

    /**
     * Reads all these files, and the {@code .csv} files of directories.
     *
     * @throws TraceException with all that is wrong with them
     */
    public Recorded<List<LoadTrace>> read(List<Path> paths) {
        Mistakes mistakes = new Mistakes();
        List<String> remarks = new ArrayList<>();
        List<LoadTrace> traces = new ArrayList<>();
        List<Path> files = TraceFiles.find(paths, ENDINGS, mistakes);
        for (Path file : files) {
            TraceFiles.text(file, mistakes).ifPresent(text -> {
                if (isWide(text)) {
                    traces.addAll(wide(file, text, mistakes));
                } else {
                    series(file, text, mistakes, remarks).ifPresent(traces::add);
                }
            });
            mistakes.close(file);
        }
        mistakes.raise();
        return new Recorded<>(traces, TraceFiles.origin(files), remarks);
    }

    private static Optional<LoadTrace> series(Path file, String text, Mistakes mistakes, List<String> remarks) {
        List<Sample> samples = new ArrayList<>();
        int missing = 0;
        for (Row row : Csv.rows(file, text, List.of(Column.TIMESTAMP, Column.VALUE), mistakes)) {
            String timestamp = row.get(Column.TIMESTAMP).orElse("");
            Optional<Instant> at = Fields.instant(timestamp);
            if (at.isEmpty()) {
                mistakes.add(
                        file, row.line(), "timestamp '%s' is no time; %s".formatted(timestamp, Fields.TIMESTAMP_FORMS));
            }
            String value = row.get(Column.VALUE).orElse("");
            if (Fields.missing(value)) {
                missing++;
                continue;
            }
            OptionalDouble percent = percent(file, row.line(), value, mistakes);
            if (at.isPresent() && percent.isPresent()) {
                samples.add(new Sample(at.get(), percent.getAsDouble()));
            }
        }
        if (mistakes.inFile()) {
            return Optional.empty();
        }
        if (samples.isEmpty()) {
            mistakes.add(file, "no sample in it; lines such as '2014-02-14 14:30:00,12.5' are expected");
            return Optional.empty();
        }
        List<Sample> ordered = Sample.inOrder(Sample.oldestFirst(samples));
        if (missing > 0) {
            remarks.add("%s: %d samples without a value were dropped".formatted(file, missing));
        }
        if (ordered.size() < samples.size()) {
            remarks.add("%s: %d samples of times that came twice were dropped"
                    .formatted(file, samples.size() - ordered.size()));
        }
        Sample.longestGap(ordered, NOTABLE_GAP).ifPresent(gap -> remarks.add(file + ": " + gap));
        // The last sample holds as long as CloudWatch's would.
        Instant until = ordered.getLast().at().plus(LoadTrace.SAMPLE);
        return Optional.of(
                new LoadTrace(Sample.steps(ordered, ordered.getFirst().at(), until)));
    }

    /**
     * Whether the first line is a name and numbers: a header has no number in it, and a row with a timestamp two
     * fields.
     */
    private static boolean isWide(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        List<String> fields = Csv.fields(first);
        return fields.size() > 2
                && fields.stream()
                        .skip(1)
                        .allMatch(field -> Fields.number(field.strip()).isPresent());
    }

    private static List<LoadTrace> wide(Path file, String text, Mistakes mistakes) {
        List<LoadTrace> traces = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            List<String> fields = Csv.fields(line);
            double[] percent = new double[fields.size() - 1];
            boolean whole = percent.length > 0;
            for (int i = 0; i < percent.length; i++) {
                OptionalDouble value = percent(file, number, fields.get(i + 1).strip(), mistakes);
                whole &= value.isPresent();
                percent[i] = value.orElse(0);
            }
            if (whole) {
                traces.add(LoadTrace.of(LoadTrace.SAMPLE, percent));
            } else if (percent.length == 0) {
                mistakes.add(
                        file,
                        number,
                        "no sample after the name; a name and a number for every five minutes is allowed");
            }
        }
        return traces;
    }

    private static OptionalDouble percent(Path file, int line, String value, Mistakes mistakes) {
        OptionalDouble percent = Fields.number(value);
        if (percent.isPresent() && percent.getAsDouble() >= 0 && percent.getAsDouble() <= MOST) {
            return OptionalDouble.of(Math.min(100, percent.getAsDouble()));
        }
        mistakes.add(
                file, line, "value '%s' is no CPU utilisation; percent from 0 to 100 are allowed".formatted(value));
        return OptionalDouble.empty();
    }
}
