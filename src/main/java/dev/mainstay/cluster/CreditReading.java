package dev.mainstay.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What CloudWatch's five-minute samples say of a node: the newest value of each metric, and the last hour. What has no
 * sample is null: unknown, never zero. CloudWatch shows none for the first five to ten minutes of an instance.
 *
 * @param at the beginning of the period of the newest sample
 * @param balance CPUCreditBalance, in credits; includes launch credits
 * @param usage CPUCreditUsage, in credits spent in the five minutes
 * @param cpuPercent CPUUtilization, 0 to 100 over all vCPUs
 * @param surplus CPUSurplusCreditBalance, in credits; unlimited mode only
 * @param recent the samples of the last hour, oldest first; some periods may be missing
 */
public record CreditReading(
        Instant at,
        @Nullable Double balance,
        @Nullable Double usage,
        @Nullable Double cpuPercent,
        @Nullable Double surplus,
        List<CreditSample> recent) {

    /**
     * A sample comes some minutes after its period has ended. One that ended longer ago no longer says how a node is: what
     * is that old is unknown.
     */
    private static final Duration STALE = Duration.ofMinutes(15);

    public CreditReading {
        recent = List.copyOf(recent);
    }

    /** One sample and nothing before it. */
    public CreditReading(
            Instant at,
            @Nullable Double balance,
            @Nullable Double usage,
            @Nullable Double cpuPercent,
            @Nullable Double surplus) {
        this(
                at,
                balance,
                usage,
                cpuPercent,
                surplus,
                List.of(new CreditSample(at, balance, usage, cpuPercent, surplus)));
    }

    /** For how long a sample that begins at some time says something. */
    public static Instant staleAt(Instant begun) {
        return begun.plus(CreditSample.PERIOD).plus(STALE);
    }

    /** Whether the newest sample is too old to say anything. */
    public boolean stale(Instant now) {
        return staleAt(at).isBefore(now);
    }
}
