package dev.mainstay.simulation.trace;

import dev.mainstay.cluster.Zone;
import java.time.Duration;

/**
 * How many spot instances can run in one zone, at each tick. It is addressed by the time since the start of the replay
 * and repeats itself after its end, and before its start. Immutable.
 */
public final class CapacityTrace {
    private final Zone zone;
    private final Duration gap;
    private final Steps steps;

    private CapacityTrace(Zone zone, Duration gap, Steps steps) {
        this.zone = zone;
        this.gap = gap;
        this.steps = steps;
    }

    /** One number of instances after the other, each holding for {@code gap}. */
    public static CapacityTrace of(Zone zone, Duration gap, int... instances) {
        double[] values = new double[instances.length];
        for (int i = 0; i < instances.length; i++) {
            if (instances[i] < 0) {
                throw new IllegalArgumentException("a capacity of %d instances is not allowed".formatted(instances[i]));
            }
            values[i] = instances[i];
        }
        return new CapacityTrace(zone, gap, Steps.even(gap, values));
    }

    public Zone zone() {
        return zone;
    }

    /** The time between two ticks. */
    public Duration gap() {
        return gap;
    }

    /** The number of instances that can run at this time. */
    public int at(Duration sinceStart) {
        return (int) steps.at(sinceStart);
    }

    /** The first time after this one at which the number may differ: the next step, or the end of a turn. */
    public Duration nextChange(Duration sinceStart) {
        return steps.nextChange(sinceStart);
    }

    /** How long one turn takes. */
    public Duration length() {
        return steps.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CapacityTrace trace
                && zone.equals(trace.zone)
                && gap.equals(trace.gap)
                && steps.equals(trace.steps);
    }

    @Override
    public int hashCode() {
        return 31 * zone.hashCode() + steps.hashCode();
    }

    @Override
    public String toString() {
        return "CapacityTrace[" + zone + ", " + steps + "]";
    }
}
