package dev.mainstay.simulation.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One value of a recorded series. */
record Sample(Instant at, double value) {

    /** A file's samples as they stand, or turned round where the newest stands first, as EC2's answers have it. */
    static List<Sample> oldestFirst(List<Sample> ofOneFile) {
        boolean turned = !ofOneFile.isEmpty()
                && ofOneFile.getFirst().at().isAfter(ofOneFile.getLast().at());
        return turned ? ofOneFile.reversed() : ofOneFile;
    }

    /** These in order of time, one for each time: of several, the last. */
    static List<Sample> inOrder(List<Sample> samples) {
        TreeMap<Instant, Sample> ordered = new TreeMap<>();
        for (Sample sample : samples) {
            ordered.put(sample.at(), sample);
        }
        return List.copyOf(ordered.values());
    }

    /** The longest time without a sample, if it is over this limit, as a sentence. */
    static Optional<String> longestGap(List<Sample> ordered, Duration limit) {
        Optional<Sample> before = Optional.empty();
        Duration longest = limit;
        for (int i = 1; i < ordered.size(); i++) {
            Duration gap =
                    Duration.between(ordered.get(i - 1).at(), ordered.get(i).at());
            if (gap.compareTo(longest) > 0) {
                longest = gap;
                before = Optional.of(ordered.get(i - 1));
            }
        }
        Duration found = longest;
        return before.map(sample -> "nothing for %.1f days after %s: the last value holds"
                .formatted(found.toMinutes() / 1440.0, sample.at()));
    }

    /**
     * The step function of these samples from one time to another; the sample before its start, if any, holds there.
     */
    static Steps steps(List<Sample> ordered, Instant from, Instant until) {
        int first = 0;
        while (first + 1 < ordered.size() && !ordered.get(first + 1).at().isAfter(from)) {
            first++;
        }
        List<Sample> kept = ordered.subList(first, ordered.size()).stream()
                .filter(sample -> sample.at().isBefore(until))
                .toList();
        long[] starts = new long[kept.size()];
        double[] values = new double[kept.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i == 0 ? 0 : Duration.between(from, kept.get(i).at()).toMillis();
            values[i] = kept.get(i).value();
        }
        return Steps.of(starts, values, Duration.between(from, until).toMillis());
    }
}
