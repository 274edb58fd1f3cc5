package dev.mainstay.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What CloudWatch will say of one machine and one five-minute period.
 *
 * @param from when the period began, since the start of the world
 * @param cpuPercent CPUUtilization, the average over all vCPUs
 * @param credits null where the machine is not burstable
 */
public record Sample(
        Duration from, double cpuPercent, @Nullable Credits credits) {
    /**
     * In credits.
     *
     * @param usage CPUCreditUsage, the sum of the period
     * @param balance CPUCreditBalance at its end
     * @param surplus CPUSurplusCreditBalance at its end; null in standard mode
     * @param charged CPUSurplusCreditsCharged in the period; null in standard mode
     */
    public record Credits(
            double usage,
            double balance,
            @Nullable Double surplus,
            @Nullable Double charged) {}
}
