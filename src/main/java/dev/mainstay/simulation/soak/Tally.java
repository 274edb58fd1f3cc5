package dev.mainstay.simulation.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds results up, in whatever order they come. Not thread-safe. */
final class Tally {
    /** More of them would say no more. */
    private static final int BREACHES_KEPT = 20;

    private final Coverage coverage = new Coverage();
    private final List<Breach> breaches = new ArrayList<>();
    private Duration simulated = Duration.ZERO;
    private double nodeHours;
    private int seeds;
    private int breached;
    private long passes;
    private long calls;
    private long checks;
    private long crashes;
    private long launched;
    private long duplicates;
    private long leaks;
    private int converged;
    private long convergedPasses;
    private long maxPasses;
    private Duration capacity = Duration.ZERO;
    private Duration maxCapacity = Duration.ZERO;
    private Duration shape = Duration.ZERO;
    private Duration maxShape = Duration.ZERO;

    void add(TrialResult result) {
        seeds++;
        coverage.add(result.coverage());
        simulated = simulated.plus(result.simulated());
        nodeHours += result.nodeHours();
        passes += result.passes();
        calls += result.calls();
        checks += result.checks();
        crashes += result.crashes();
        launched += result.launched();
        duplicates += result.duplicates();
        leaks += result.leaks();
        if (result.breach() != null) {
            breached++;
            breaches.add(result.breach());
            breaches.sort(Comparator.comparingLong(Breach::seed));
            if (breaches.size() > BREACHES_KEPT) {
                breaches.removeLast();
            }
        }
        TrialResult.Convergence healed = result.healed();
        if (healed != null) {
            converged++;
            convergedPasses += healed.passes();
            maxPasses = Math.max(maxPasses, healed.passes());
            capacity = capacity.plus(healed.capacity());
            maxCapacity = longer(maxCapacity, healed.capacity());
            shape = shape.plus(healed.shape());
            maxShape = longer(maxShape, healed.shape());
        }
    }

    int seeds() {
        return seeds;
    }

    int breached() {
        return breached;
    }

    Duration simulated() {
        return simulated;
    }

    SoakReport report(
            SoakOptions options, @Nullable String continuation, int threads, double realSeconds, long peakHeapBytes) {
        Map<String, Map<String, Long>> strikes = coverage.table(options.faults());
        return new SoakReport(
                options.first(),
                seeds,
                options.from(options.first(), Math.max(1, seeds)).command(),
                continuation,
                nodeHours,
                seconds(simulated),
                realSeconds,
                threads,
                seconds(simulated) / realSeconds / threads,
                passes,
                calls,
                crashes,
                launched,
                checks,
                breached,
                convergence(),
                nodeHours == 0 ? 0 : calls / nodeHours,
                duplicates,
                leaks,
                peakHeapBytes,
                strikes,
                rarest(strikes),
                breaches);
    }

    private SoakReport.Convergence convergence() {
        int of = Math.max(1, converged);
        return new SoakReport.Convergence(
                (double) convergedPasses / of,
                maxPasses,
                seconds(capacity) / of,
                seconds(maxCapacity),
                seconds(shape) / of,
                seconds(maxShape));
    }

    private static SoakReport.Pair rarest(Map<String, Map<String, Long>> strikes) {
        return strikes.entrySet().stream()
                .flatMap(row -> row.getValue().entrySet().stream()
                        .map(cell -> new SoakReport.Pair(row.getKey(), cell.getKey(), cell.getValue())))
                .min(Comparator.comparingLong(SoakReport.Pair::strikes))
                .orElseThrow();
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1000.0;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
