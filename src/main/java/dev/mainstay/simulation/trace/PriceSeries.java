package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the prices of several pools from several files and aligns those of one type. Not thread-safe. */
final class PriceSeries {
    /** What is kept where a series has prices of several operating systems, the first of these that it has. */
    private static final List<String> PREFERRED = List.of("Linux/UNIX", "Linux/UNIX (Amazon VPC)");

    /** EC2 repeats a price that does not change about daily, so more is a hole in the recording. */
    private static final Duration NOTABLE_GAP = Duration.ofDays(3);

    /** How long a turn of series without any change takes; any would do. */
    private static final Duration CONSTANT = Duration.ofDays(1);

    /** A price and where it stands. */
    record Recording(Path file, int line, Sample sample) {}

    private final SortedMap<Pool, NavigableMap<String, List<Recording>>> byPool = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int rows;

    void add(Pool pool, Optional<String> product, Recording recording) {
        rows++;
        byPool.computeIfAbsent(pool, unseen -> new TreeMap<>())
                .computeIfAbsent(product.orElse(PREFERRED.getFirst()), unseen -> new ArrayList<>())
                .add(recording);
    }

    int rows() {
        return rows;
    }

    /** What was dropped or stands out; complete once the traces were made. */
    List<String> remarks() {
        return remarks;
    }

    SortedMap<Pool, PriceTrace> traces(Mistakes mistakes) {
        SortedMap<InstanceType, SortedMap<Pool, List<Sample>>> byType = new TreeMap<>();
        byPool.forEach((pool, byProduct) -> {
            List<Sample> samples = samples(pool, byProduct, mistakes);
            if (!samples.isEmpty()) {
                byType.computeIfAbsent(pool.type(), unseen -> new TreeMap<>()).put(pool, samples);
            }
        });
        SortedMap<Pool, PriceTrace> traces = new TreeMap<>();
        byType.forEach((type, series) -> traces.putAll(aligned(type, series, mistakes)));
        return traces;
    }

    private List<Sample> samples(Pool pool, NavigableMap<String, List<Recording>> byProduct, Mistakes mistakes) {
        Optional<String> product = byProduct.size() == 1
                ? Optional.of(byProduct.firstKey())
                : PREFERRED.stream().filter(byProduct::containsKey).findFirst();
        Recording first = byProduct.values().iterator().next().getFirst();
        if (product.isEmpty()) {
            mistakes.add(
                    first.file(),
                    first.line(),
                    "%s has the prices of several products (%s); one of them, or Linux/UNIX beside them, is allowed"
                            .formatted(pool, String.join(", ", byProduct.keySet())));
            return List.of();
        }
        if (byProduct.size() > 1) {
            remarks.add("%s: only the prices of %s were kept of %s"
                    .formatted(pool, product.get(), String.join(", ", byProduct.keySet())));
        }
        List<Sample> all = oldestFirst(byProduct.getOrDefault(product.get(), List.of()));
        List<Sample> known = all.stream().filter(sample -> sample.value() > 0).toList();
        if (known.size() < all.size()) {
            remarks.add("%s: %d prices of zero or less, or missing, were dropped as unknown"
                    .formatted(pool, all.size() - known.size()));
        }
        if (known.isEmpty()) {
            mistakes.add(
                    first.file(), first.line(), "%s has no price above zero; at least one is needed".formatted(pool));
            return List.of();
        }
        List<Sample> ordered = Sample.inOrder(known);
        if (ordered.size() < known.size()) {
            remarks.add(
                    "%s: %d rows of times that came twice were dropped".formatted(pool, known.size() - ordered.size()));
        }
        Sample.longestGap(ordered, NOTABLE_GAP).ifPresent(gap -> remarks.add(pool + ": " + gap));
        return ordered;
    }

    private static List<Sample> oldestFirst(List<Recording> recordings) {
        Map<Path, List<Sample>> byFile = new LinkedHashMap<>();
        for (Recording recording : recordings) {
            byFile.computeIfAbsent(recording.file(), unseen -> new ArrayList<>())
                    .add(recording.sample());
        }
        return byFile.values().stream()
                .flatMap(samples -> Sample.oldestFirst(samples).stream())
                .toList();
    }

    private static SortedMap<Pool, PriceTrace> aligned(
            InstanceType type, SortedMap<Pool, List<Sample>> series, Mistakes mistakes) {
        Instant from = series.values().stream()
                .map(samples -> samples.getFirst().at())
                .max(Instant::compareTo)
                .orElseThrow();
        // A single row says no more than that a price holds, so it ends nothing.
        Instant until = series.values().stream()
                .filter(samples -> samples.size() > 1)
                .map(samples -> samples.getLast().at())
                .min(Instant::compareTo)
                .orElse(from.plus(CONSTANT));
        if (!until.isAfter(from)) {
            mistakes.add(
                    type,
                    "its price series do not overlap: one begins at %s, another ends at %s; give series of one time"
                            .formatted(from, until));
            return new TreeMap<>();
        }
        SortedMap<Pool, PriceTrace> traces = new TreeMap<>();
        series.forEach(
                (pool, samples) -> traces.put(pool, new PriceTrace(pool, from, Sample.steps(samples, from, until))));
        return traces;
    }
}
