package dev.mainstay.simulation;

import java.time.Duration;
import java.util.ArrayDeque;

/** The demand on one machine, what of it was carried since the last sample, and the samples. Kept by {@link Workload}. */
final class Burden {
    /** CloudWatch keeps far more; nobody asks for more than the last half hour. */
    private static final int SAMPLES_KEPT = 16;

    double demandPercent;
    /** Up to when the account of credits and the sum below are reckoned. */
    Duration settledAt = Duration.ZERO;
    /** Carried since {@code periodFrom}: percent of all vCPUs, times minutes. */
    double percentMinutes;

    Duration periodFrom = Duration.ZERO;
    /** Credits charged before {@code periodFrom}. */
    double chargedBefore;
    /** Distinguishes the exhaustion that is expected from those that were. */
    long expectation;

    final ArrayDeque<Sample> samples = new ArrayDeque<>();

    void keep(Sample sample) {
        if (samples.size() == SAMPLES_KEPT) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }
}
