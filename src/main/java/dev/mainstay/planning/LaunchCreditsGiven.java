package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.Observation;
import dev.mainstay.credits.BurstableType;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether fresh nodes still get launch credits. New accounts have fewer than documented, and others may launch in the
 * account too: a node of ours that shows none in its first samples says that they are used up, whatever we have counted.
 * Then they count as used up for a day.
 */
final class LaunchCreditsGiven {
    private static final Duration FIRST_SAMPLES = Duration.ofMinutes(30);

    /** What a node may have spent before its first sample is far less. */
    private static final double LEAST_SHARE = 0.5;

    private LaunchCreditsGiven() {}

    /** The use that fills the budget up; empty where nothing shows that it is used up, or where it counts so already. */
    static Optional<Memory.Spending> learned(ClusterSpec spec, Observation observation, Memory memory) {
        Instant now = observation.at().wall();
        int left = Budget.LAUNCH_CREDIT.limit(spec)
                - memory.spent(Budget.LAUNCH_CREDIT, now)
                - observation.surroundings().endowedElsewhere().size();
        boolean without = left > 0
                && observation.nodes().stream()
                        .filter(node -> startedWithout(node, now))
                        .anyMatch(node -> memory.nodes().containsKey(node.id()));
        return without ? Optional.of(new Memory.Spending(Budget.LAUNCH_CREDIT, now, left)) : Optional.empty();
    }

    private static boolean startedWithout(Node node, Instant now) {
        CreditReading reading = node.credits();
        Optional<BurstableType> type = BurstableType.of(node.instance().type());
        boolean first = node.instance().launchedAt().plus(FIRST_SAMPLES).isAfter(now);
        if (!first
                || reading == null
                || reading.balance() == null
                || reading.stale(now)
                || type.isEmpty()
                || type.get().launchCredits() == 0
                || node.creditMode() != CreditMode.STANDARD
                || node.instance().intent().isEmpty()) {
            return false;
        }
        double spent = reading.recent().stream()
                .map(CreditSample::usage)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
        return reading.balance() + spent < LEAST_SHARE * type.get().launchCredits();
    }
}
