package dev.mainstay.planning;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Node;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.credits.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the CloudWatch samples say of a node's CPU credits. A type that is not burstable, and a sample that is missing or
 * old, say nothing.
 */
public final class Exhaustion {
    /**
     * At zero credits EC2 lowers the CPU gradually to the baseline, so a five-minute mean within this ratio of it is the
     * signature of exhaustion, and one far below it is an idle node. Source: EC2 User Guide, "CPU credits and baseline
     * utilization".
     */
    private static final double NEAR_BASELINE = 0.2;

    /** CloudWatch has nothing of a new instance for so long, and what it then has is of its start. Source: as above. */
    private static final Duration NO_SAMPLES = Duration.ofMinutes(10);

    /**
     * T3 and later start with nothing, and in standard mode live on what they earn until they have saved something. That
     * is their start, and no shortage. A spot node, which may be gone soon, is given longer.
     */
    private static final Duration FRESH = Duration.ofHours(1);

    private static final Duration FRESH_SPOT = Duration.ofHours(2);

    /** DescribeInstanceCreditSpecifications is read every five minutes: until then our own change is the newer word. */
    private static final Duration MODE_READ_WITHIN = Duration.ofMinutes(10);

    /**
     * AWS shows no credits for T1 and throttles it to a low level, at which the samples then stand still: so many of them,
     * within this ratio of their mean. An idle one is level too, at nearly nothing. Source: EC2 User Guide, "Micro
     * instances"; the figures are ours.
     */
    private static final int PLATEAU_SAMPLES = 3;

    private static final double PLATEAU = 0.1;
    private static final double IDLE_PERCENT = 5;

    private Exhaustion() {}

    /** Whether the node is out of credits and held at its baseline; empty where that is not known. */
    static Optional<Boolean> of(Node node, NodeMemory memory, double exhaustedBelow, Instant now) {
        CreditReading reading = node.credits();
        if (reading == null
                || reading.stale(now)
                || node.instance().launchedAt().plus(NO_SAMPLES).isAfter(now)) {
            return Optional.empty();
        }
        if (node.instance().type().equals(BurstableType.T1)) {
            boolean sick = memory.health().sick() && memory.health().firstHealthy() != null;
            return Optional.of(sick && plateau(reading.recent()).isPresent());
        }
        Optional<BurstableType> type = BurstableType.of(node.instance().type());
        if (type.isEmpty() || reading.balance() == null || reading.cpuPercent() == null) {
            return Optional.empty();
        }
        if (unlimited(node, memory, now)) {
            return Optional.of(false);
        }
        double baseline = type.get().baselinePercent();
        boolean pinned = Math.abs(reading.cpuPercent() - baseline) <= NEAR_BASELINE * baseline;
        boolean excused = fresh(node, type.get(), now) && !memory.health().sick();
        return Optional.of(reading.balance() <= exhaustedBelow && pinned && !excused);
    }

    /** How long its credits will last; null where unknown, and in unlimited mode, in which their end is only a cost. */
    static @Nullable Forecast forecast(Node node, NodeMemory memory, Instant now) {
        CreditReading reading = node.credits();
        Optional<BurstableType> type = BurstableType.of(node.instance().type());
        if (reading == null || type.isEmpty() || unlimited(node, memory, now)) {
            return null;
        }
        return Forecast.of(type.get(), CreditMode.STANDARD, reading, now).orElse(null);
    }

    private static boolean unlimited(Node node, NodeMemory memory, Instant now) {
        return mode(node, memory, now)
                .filter(mode -> mode == CreditMode.UNLIMITED)
                .isPresent();
    }

    /** The mode in which a burstable node is; where it could not be read, the one that we gave it, or its type's default. */
    public static Optional<CreditMode> mode(Node node, NodeMemory memory, Instant now) {
        Optional<CreditMemory.Flip> given = memory.credits().lastFlip();
        boolean read = node.creditMode() != null
                && given.filter(flip -> flip.at().plus(MODE_READ_WITHIN).isAfter(now))
                        .isEmpty();
        return BurstableType.of(node.instance().type())
                .map(type -> read
                        ? node.creditMode()
                        : given.map(CreditMemory.Flip::to).orElse(type.defaultMode()));
    }

    /** Whether it had no time yet to save credits, being of a type that starts with none. */
    public static boolean fresh(Node node, BurstableType type, Instant now) {
        Duration grace = node.instance().market() == Market.SPOT ? FRESH_SPOT : FRESH;
        return type.launchCredits() == 0
                && node.instance().launchedAt().plus(grace).isAfter(now);
    }

    /** The CPU at which a T1 node stands still; empty where it does not, or where that is not known. */
    public static Optional<Double> plateau(List<CreditSample> recent) {
        List<Double> newest = recent.stream()
                .map(CreditSample::cpuPercent)
                .filter(Objects::nonNull)
                .skip(Math.max(
                        0,
                        recent.stream()
                                        .filter(sample -> sample.cpuPercent() != null)
                                        .count()
                                - PLATEAU_SAMPLES))
                .map(Objects::requireNonNull)
                .toList();
        double mean = newest.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        boolean level = newest.size() == PLATEAU_SAMPLES
                && mean > IDLE_PERCENT
                && newest.stream().allMatch(cpu -> Math.abs(cpu - mean) <= PLATEAU * mean);
        return level ? Optional.of(mean) : Optional.empty();
    }
}
