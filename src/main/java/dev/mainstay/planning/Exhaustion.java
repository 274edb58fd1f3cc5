package dev.mainstay.planning;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Node;
import dev.mainstay.credits.BurstableType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the CloudWatch samples say of a node's CPU credits. A type that is not burstable, and a sample that is missing, say
 * nothing.
 */
final class Exhaustion {
    /**
     * At zero credits EC2 lowers the CPU gradually to the baseline, so a five-minute mean within this ratio of it is the
     * signature of exhaustion, and one far below it is an idle node. Source: EC2 User Guide, "CPU credits and baseline
     * utilization".
     */
    private static final double NEAR_BASELINE = 0.2;

    private static final Duration SAMPLE = Duration.ofMinutes(5);

    private Exhaustion() {}

    /** Whether the node is out of credits and held at its baseline; empty where that is not known. */
    static Optional<Boolean> of(Node node, double exhaustedBelow) {
        CreditReading reading = node.credits();
        Optional<BurstableType> type = BurstableType.of(node.instance().type());
        if (reading == null || type.isEmpty() || reading.balance() == null || reading.cpuPercent() == null) {
            return Optional.empty();
        }
        if (mode(node, type.get()) == CreditMode.UNLIMITED) {
            return Optional.of(false);
        }
        double baseline = type.get().baselinePercent();
        boolean pinned = Math.abs(reading.cpuPercent() - baseline) <= NEAR_BASELINE * baseline;
        return Optional.of(reading.balance() <= exhaustedBelow && pinned);
    }

    /** When the balance ends if the node goes on as in its last sample; null where unknown or not in sight. */
    static @Nullable Instant expected(Node node) {
        CreditReading reading = node.credits();
        Optional<BurstableType> type = BurstableType.of(node.instance().type());
        if (reading == null
                || type.isEmpty()
                || reading.balance() == null
                || reading.usage() == null
                || mode(node, type.get()) == CreditMode.UNLIMITED) {
            return null;
        }
        double spentPerHour =
                reading.usage() * (60.0 / SAMPLE.toMinutes()) - type.get().creditsPerHour();
        if (spentPerHour <= 0) {
            return null;
        }
        double hours = reading.balance() / spentPerHour;
        Duration left = Duration.ofSeconds(Math.round(hours * 3600));
        return left.compareTo(Duration.ofDays(1)) > 0
                ? null
                : reading.at().plus(SAMPLE).plus(left);
    }

    private static CreditMode mode(Node node, BurstableType type) {
        return node.creditMode() == null ? type.defaultMode() : node.creditMode();
    }
}
