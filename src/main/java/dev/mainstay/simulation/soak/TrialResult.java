package dev.mainstay.simulation.soak;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one seed.
 *
 * @param simulated time since the start of its world
 * @param nodeHours of nodes that existed
 * @param healed how it became what was asked for; null: it did not
 * @param duplicates nodes beyond what was asked for, at the end
 * @param leaks nodes at the end that the journal does not explain
 * @param breach null: none
 */
record TrialResult(
        long seed,
        Duration simulated,
        double nodeHours,
        long passes,
        long calls,
        long checks,
        long crashes,
        long launched,
        @Nullable Convergence healed,
        long duplicates,
        long leaks,
        Coverage coverage,
        @Nullable Breach breach) {

    /**
     * From the moment at which everything healed.
     *
     * @param passes until the desired capacity was in service
     * @param capacity the same as a time
     * @param shape until everything was as it was asked for
     */
    record Convergence(long passes, Duration capacity, Duration shape) {}
}
