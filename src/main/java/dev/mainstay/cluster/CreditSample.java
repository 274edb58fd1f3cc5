package dev.mainstay.cluster;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What CloudWatch says of a node and one period of five minutes. What it has no datapoint for is null: unknown, never
 * zero.
 *
 * @param at the beginning of the period
 * @param balance CPUCreditBalance at its end, in credits; includes launch credits
 * @param usage CPUCreditUsage, in credits spent in it
 * @param cpuPercent CPUUtilization, 0 to 100 over all vCPUs
 * @param surplus CPUSurplusCreditBalance at its end, in credits; unlimited mode only
 */
public record CreditSample(
        Instant at,
        @Nullable Double balance,
        @Nullable Double usage,
        @Nullable Double cpuPercent,
        @Nullable Double surplus) {
    /** EC2 reports CPU credits every five minutes and no finer. Source: EC2 User Guide, burstable instances. */
    public static final Duration PERIOD = Duration.ofMinutes(5);
}
