package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Memory;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The launches with launch credits of all clusters: AWS counts them by account and region, not by cluster. Each cluster's
 * journal holds its own, so nothing is stored here. All clusters of one daemon are of one account.
 *
 * <p>Two clusters that decide at the same moment may go beyond the limit by what one of them launches; the node then starts
 * without launch credits, which is noticed. Thread-safe.
 */
public final class LaunchCreditTally {
    private final Map<ClusterName, Launches> launches = new ConcurrentHashMap<>();

    private record Launches(String region, List<Instant> at) {}

    /** The cluster's own launches, as its memory has them. */
    public void note(ClusterSpec spec, Memory memory) {
        List<Instant> own = memory.spendings().stream()
                .filter(spending -> spending.budget() == Budget.LAUNCH_CREDIT)
                .flatMap(spending -> Collections.nCopies(spending.count(), spending.at()).stream())
                .toList();
        launches.put(spec.name(), new Launches(spec.region(), own));
    }

    /** Those of the others that still count. */
    List<Instant> elsewhere(ClusterSpec spec, Instant now) {
        return launches.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(spec.name())
                        && entry.getValue().region().equals(spec.region()))
                .flatMap(entry -> entry.getValue().at().stream())
                .filter(at -> at.plus(Budget.LAUNCH_CREDIT.window()).isAfter(now))
                .sorted()
                .toList();
    }
}
