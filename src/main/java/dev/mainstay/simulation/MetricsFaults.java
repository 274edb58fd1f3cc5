package dev.mainstay.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with CloudWatch's datapoints. Not thread-safe. */
final class MetricsFaults {
    private final List<Spoilt> spoilt = new ArrayList<>();

    void begin(Fault.SpoilMetrics fault, Duration now) {
        spoilt.add(new Spoilt(fault, now));
    }

    /** The samples as they are shown. */
    List<Sample> spoil(List<Sample> samples, Duration now) {
        spoilt.removeIf(fault -> fault.what.until().compareTo(now) <= 0);
        List<Sample> shown = samples;
        for (Spoilt fault : spoilt) {
            shown = fault.spoil(shown);
        }
        return shown;
    }

    private record Spoilt(Fault.SpoilMetrics what, Duration since) {
        List<Sample> spoil(List<Sample> samples) {
            return switch (what.how()) {
                case MISSING -> List.of();
                case GAPS ->
                    samples.stream().filter(sample -> even(sample.from())).toList();
                case NOT_A_NUMBER -> samples.stream().map(Spoilt::nan).toList();
                case STALE ->
                    samples.stream()
                            .filter(sample -> sample.from().compareTo(since) < 0)
                            .toList();
            };
        }

        private static boolean even(Duration from) {
            return from.dividedBy(Workload.PERIOD) % 2 == 0;
        }

        private static Sample nan(Sample sample) {
            Sample.Credits credits = sample.credits();
            return new Sample(
                    sample.from(),
                    Double.NaN,
                    credits == null ? null : new Sample.Credits(Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        }
    }
}
