package dev.mainstay.simulation.soak;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a range of seeds.
 *
 * @param firstSeed the first seed that was run
 * @param seeds how many were run to their end; fewer than asked for where someone interrupted
 * @param command runs exactly these seeds
 * @param continuation the command that runs the seeds not done; null: all were
 * @param nodeHours simulated hours of nodes that existed
 * @param simulatedSeconds over all seeds
 * @param realSeconds from the first seed to the last
 * @param threads so many seeds at a time
 * @param simulatedToReal simulated per real second on one core
 * @param invariantChecks judgements of one call or pass by one invariant
 * @param apiCallsPerNodeHour faults and crashes included
 * @param duplicates nodes beyond what was asked for once everything had healed
 * @param leaks nodes of ours at the end that nobody owns
 * @param strikes by fault and by the kind of write in flight
 * @param rarestPair of fault and write, and how often it came about
 */
public record SoakReport(
        long firstSeed,
        int seeds,
        String command,
        @Nullable String continuation,
        double nodeHours,
        double simulatedSeconds,
        double realSeconds,
        int threads,
        double simulatedToReal,
        long passes,
        long calls,
        long crashes,
        long launches,
        long invariantChecks,
        int breached,
        Convergence convergence,
        double apiCallsPerNodeHour,
        long duplicates,
        long leaks,
        long peakHeapBytes,
        Map<String, Map<String, Long>> strikes,
        Pair rarestPair,
        List<Breach> breaches) {

    /** From the moment at which everything healed; zero where no seed came so far. */
    public record Convergence(
            double meanPasses,
            long maxPasses,
            double meanCapacitySeconds,
            double maxCapacitySeconds,
            double meanShapeSeconds,
            double maxShapeSeconds) {}

    /** A fault, the kind of write that was in flight, and how often. */
    public record Pair(String fault, String action, long strikes) {}
}
