package dev.mainstay.simulation.trace;

import java.time.Duration;
import java.util.Arrays;

/**
 * A step function of time that repeats itself for ever, in both directions: a replay may outlast its history, and asks
 * for what was before its own start. Steps of equal value are merged, so that a step's start is a change. Immutable.
 */
final class Steps {
    private final long[] starts;
    private final double[] values;
    private final long length;

    private Steps(long[] starts, double[] values, long length) {
        this.starts = starts;
        this.values = values;
        this.length = length;
    }

    /**
     * @param starts milliseconds since the start at which each value begins: ascending, the first of them zero
     * @param length milliseconds after which the first step begins again
     */
    static Steps of(long[] starts, double[] values, long length) {
        if (starts.length == 0 || starts.length != values.length || starts[0] != 0) {
            throw new IllegalArgumentException("a trace needs at least one value, and the first at its start");
        }
        long[] keptStarts = new long[starts.length];
        double[] keptValues = new double[starts.length];
        int kept = 0;
        for (int i = 0; i < starts.length; i++) {
            if (i > 0 && starts[i] <= starts[i - 1]) {
                throw new IllegalArgumentException("a trace's times must ascend");
            }
            if (kept == 0 || values[i] != keptValues[kept - 1]) {
                keptStarts[kept] = starts[i];
                keptValues[kept++] = values[i];
            }
        }
        if (length <= starts[starts.length - 1]) {
            throw new IllegalArgumentException("a trace must be longer than the start of its last step");
        }
        return new Steps(Arrays.copyOf(keptStarts, kept), Arrays.copyOf(keptValues, kept), length);
    }

    /** One value after the other, each for the same time. */
    static Steps even(Duration gap, double[] values) {
        if (gap.toMillis() <= 0) {
            throw new IllegalArgumentException(
                    "the time between two samples is %s, and must be positive".formatted(gap));
        }
        long[] starts = new long[values.length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i * gap.toMillis();
        }
        return of(starts, values, values.length * gap.toMillis());
    }

    double at(Duration sinceStart) {
        return values[index(Math.floorMod(sinceStart.toMillis(), length))];
    }

    Duration nextChange(Duration sinceStart) {
        long millis = sinceStart.toMillis();
        int next = index(Math.floorMod(millis, length)) + 1;
        long turn = Math.floorDiv(millis, length) * length;
        return Duration.ofMillis(turn + (next < starts.length ? starts[next] : length));
    }

    Duration lastChange(Duration sinceStart) {
        long millis = sinceStart.toMillis();
        return Duration.ofMillis(Math.floorDiv(millis, length) * length + starts[index(Math.floorMod(millis, length))]);
    }

    Duration length() {
        return Duration.ofMillis(length);
    }

    private int index(long millis) {
        int found = Arrays.binarySearch(starts, millis);
        return found >= 0 ? found : -found - 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Steps steps
                && length == steps.length
                && Arrays.equals(starts, steps.starts)
                && Arrays.equals(values, steps.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "%d steps over %s".formatted(starts.length, length());
    }
}
