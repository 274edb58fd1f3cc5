package dev.mainstay.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest five-minute CloudWatch samples of a node. What has no sample is null: unknown, never zero. CloudWatch shows
 * none for the first five to ten minutes of an instance.
 *
 * @param at the beginning of the period of the newest sample
 * @param balance CPUCreditBalance, in credits; includes launch credits
 * @param usage CPUCreditUsage, in credits spent in the five minutes
 * @param cpuPercent CPUUtilization, 0 to 100 over all vCPUs
 * @param surplus CPUSurplusCreditBalance, in credits; unlimited mode only
 */
public record CreditReading(
        Instant at,
        @Nullable Double balance,
        @Nullable Double usage,
        @Nullable Double cpuPercent,
        @Nullable Double surplus) {}
