package dev.mainstay.credits;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * From which sustained load on another instance type is cheaper than a burstable one that pays for its surplus. Source of
 * the reckoning: EC2 User Guide, "Unlimited mode concepts" (when to use unlimited mode versus fixed CPU).
 */
public final class BreakEven {
    private static final double USD_PER_CREDIT = CreditAccount.USD_PER_CREDIT;

    private BreakEven() {}

    /**
     * The load in percent of all vCPUs of the burstable type, as CloudWatch's CPUUtilization; empty where the other is
     * never cheaper for a load that the burstable type can carry.
     *
     * @param usdPerHour the price of the burstable type
     * @param otherUsdPerHour the price of the other type
     * @param other its rates, where the other type is burstable too; null: it is not
     */
    public static OptionalDouble sustainedPercent(
            BurstableType type, double usdPerHour, double otherUsdPerHour, @Nullable BurstableType other) {
        if (otherUsdPerHour <= usdPerHour) {
            return OptionalDouble.of(0);
        }
        // Both loads in credits per hour: what is spent beyond this costs as much as the dearer type.
        double even = type.creditsPerHour() + (otherUsdPerHour - usdPerHour) / USD_PER_CREDIT;
        double most = type.creditsPerMinute(100) * 60;
        // Beyond its own earning a burstable other costs as much more by the credit as this one, so it never catches
        // up.
        double othersReach = other == null ? most : other.creditsPerHour();
        return even <= most && even <= othersReach ? OptionalDouble.of(even / most * 100) : OptionalDouble.empty();
    }

    /**
     * What the credits beyond the earned ones cost at a sustained load in unlimited mode, in USD per hour.
     *
     * @param spendsPerHour the load, in credits per hour
     */
    public static double surplusUsdPerHour(BurstableType type, double spendsPerHour) {
        return Math.max(0, spendsPerHour - type.creditsPerHour()) * USD_PER_CREDIT;
    }
}
