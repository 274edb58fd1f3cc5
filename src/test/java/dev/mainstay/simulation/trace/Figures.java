package dev.mainstay.simulation.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The figures by which generated histories are compared with recorded ones. All of them are of samples of five minutes.
 */
final class Figures {
    private Figures() {}

    /** The values of a trace at every five minutes. */
    static double[] samples(LoadTrace trace) {
        return IntStream.range(0, (int) trace.length().dividedBy(LoadTrace.SAMPLE))
                .mapToDouble(i -> trace.at(LoadTrace.SAMPLE.multipliedBy(i)))
                .toArray();
    }

    static double[] samples(PriceTrace trace) {
        return IntStream.range(0, (int) trace.length().dividedBy(LoadTrace.SAMPLE))
                .mapToDouble(i -> trace.at(LoadTrace.SAMPLE.multipliedBy(i)))
                .toArray();
    }

    static double[] samples(CapacityTrace trace) {
        return IntStream.range(0, (int) trace.length().dividedBy(LoadTrace.SAMPLE))
                .mapToDouble(i -> trace.at(LoadTrace.SAMPLE.multipliedBy(i)))
                .toArray();
    }

    static double mean(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
    }

    static double share(double[] values, DoublePredicate of) {
        return mean(flags(values, of));
    }

    static double[] flags(double[] values, DoublePredicate of) {
        return Arrays.stream(values).map(value -> of.test(value) ? 1 : 0).toArray();
    }

    /** Pearson's correlation; of two rows of zeros and ones it is phi. */
    static double correlation(double[] one, double[] other) {
        double meanOne = mean(one);
        double meanOther = mean(other);
        double both = 0;
        double squareOne = 0;
        double squareOther = 0;
        for (int i = 0; i < one.length; i++) {
            both += (one[i] - meanOne) * (other[i] - meanOther);
            squareOne += (one[i] - meanOne) * (one[i] - meanOne);
            squareOther += (other[i] - meanOther) * (other[i] - meanOther);
        }
        return both / Math.sqrt(squareOne * squareOther);
    }

    /** How much of a sample is in the next. */
    static double lagOne(double[] values) {
        return correlation(
                Arrays.copyOfRange(values, 0, values.length - 1), Arrays.copyOfRange(values, 1, values.length));
    }

    /** Half of the difference between the highest and the lowest hour of the mean day, relative to the mean. */
    static double dailyAmplitude(double[] values, int firstHour) {
        double[] sums = new double[24];
        int[] counts = new int[24];
        for (int i = 0; i < values.length; i++) {
            int hour = (firstHour + i / 12) % 24;
            sums[hour] += values[i];
            counts[hour]++;
        }
        double[] hours =
                IntStream.range(0, 24).mapToDouble(h -> sums[h] / counts[h]).toArray();
        double highest = Arrays.stream(hours).max().orElseThrow();
        double lowest = Arrays.stream(hours).min().orElseThrow();
        return (highest - lowest) / 2 / mean(values);
    }

    /** The lengths in hours of the runs of samples that are so. */
    static List<Double> runs(double[] values, DoublePredicate so) {
        List<Double> runs = new ArrayList<>();
        int run = 0;
        for (int i = 0; i <= values.length; i++) {
            if (i < values.length && so.test(values[i])) {
                run++;
            } else if (run > 0) {
                runs.add(run / 12.0);
                run = 0;
            }
        }
        return runs;
    }

    /** The minutes for which each price of a trace held. */
    static List<Double> plateaus(PriceTrace trace) {
        List<Double> minutes = new ArrayList<>();
        Duration at = Duration.ZERO;
        while (at.compareTo(trace.length()) < 0) {
            Duration next = trace.nextChange(at);
            minutes.add(next.minus(at).toSeconds() / 60.0);
            at = next;
        }
        return minutes;
    }

    /** The minutes of each time in which a price stood over this one, without regard to samples. */
    static List<Double> spikes(PriceTrace trace, double over) {
        List<Double> minutes = new ArrayList<>();
        Duration since = null;
        for (Duration at = Duration.ZERO; at.compareTo(trace.length()) < 0; at = trace.nextChange(at)) {
            if (trace.at(at) > over && since == null) {
                since = at;
            } else if (trace.at(at) <= over && since != null) {
                minutes.add(at.minus(since).toSeconds() / 60.0);
                since = null;
            }
        }
        return minutes;
    }

    static double quantile(Collection<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }

    static double days(Duration length) {
        return length.toSeconds() / 86400.0;
    }

    /** A condition on a sample of each of several traces at one time: whether all are so. */
    static double[] together(List<double[]> rows, DoublePredicate so) {
        int length = rows.stream().mapToInt(row -> row.length).min().orElseThrow();
        Predicate<Integer> all = i -> rows.stream().allMatch(row -> so.test(row[i]));
        return IntStream.range(0, length).mapToDouble(i -> all.test(i) ? 1 : 0).toArray();
    }
}
