package dev.mainstay.simulation.trace;

import java.time.Duration;
import java.util.List;

/**
 * CPU demand over time, in percent of one node, as a step function; commonly of five-minute samples, as CloudWatch
 * makes them. It is addressed by the time since the start of the replay and repeats itself after its end, and before
 * its start. Immutable.
 */
public final class LoadTrace {
    /**
     * The period of CloudWatch's basic monitoring, in which the recorded loads come. Source: EC2 guide, "Monitoring".
     */
    public static final Duration SAMPLE = Duration.ofMinutes(5);

    private final Steps steps;

    LoadTrace(Steps steps) {
        this.steps = steps;
    }

    /** One sample after the other, in percent, each holding for {@code gap}. */
    public static LoadTrace of(Duration gap, double... percent) {
        for (double value : percent) {
            if (!(value >= 0)) {
                throw new IllegalArgumentException("a CPU demand of %s %% is not allowed".formatted(value));
            }
        }
        return new LoadTrace(Steps.even(gap, percent));
    }

    /** The same demand at all times, such as 0. */
    public static LoadTrace constant(double percent) {
        return of(Duration.ofDays(1), percent);
    }

    /**
     * The demand of the average node, where each trace was recorded on one: every trace from its own start, the shorter
     * ones repeated, over the time of the longest, in samples of five minutes.
     */
    public static LoadTrace average(List<LoadTrace> traces) {
        if (traces.size() == 1) {
            return traces.getFirst();
        }
        Duration longest =
                traces.stream().map(LoadTrace::length).max(Duration::compareTo).orElseThrow();
        double[] percent = new double[(int) Math.ceilDiv(longest.toMillis(), SAMPLE.toMillis())];
        for (int i = 0; i < percent.length; i++) {
            Duration at = SAMPLE.multipliedBy(i);
            percent[i] =
                    traces.stream().mapToDouble(trace -> trace.at(at)).average().orElseThrow();
        }
        return of(SAMPLE, percent);
    }

    /** The demand at this time, in percent of one node. */
    public double at(Duration sinceStart) {
        return steps.at(sinceStart);
    }

    /** The first time after this one at which the demand may differ: the next step, or the end of a turn. */
    public Duration nextChange(Duration sinceStart) {
        return steps.nextChange(sinceStart);
    }

    /** How long one turn takes. */
    public Duration length() {
        return steps.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadTrace trace && steps.equals(trace.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    @Override
    public String toString() {
        return "LoadTrace[" + steps + "]";
    }
}
