package dev.mainstay.credits;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a node's CPU credits will last, at the trend of its last hour. {@link CreditAccount} fills in what was spent
 * since the newest sample, and carries the balance on from there.
 *
 * <p>The expected end is at the mean spending of the last hour, in which a sample weighs half as much as one fifteen
 * minutes younger. The range is at one standard deviation of the samples more and less. Tried on recorded days of 1,950
 * machines (PlanetLab; the figures are in docs/decisions), 92 of 100 exhaustions that were expected within three hours
 * came within it.
 *
 * @param at the moment of which it speaks
 * @param balance what is left then, in credits
 * @param spendsPerHour the trend, in credits per hour
 * @param earnsPerHour what the type earns, in credits per hour
 * @param earliest when the credits end if more is spent; null: not within a day even then
 * @param expected when they end at the trend; null: not within a day
 * @param latest when they end if less is spent; null: not within a day, or not at all
 */
public record Forecast(
        Instant at,
        double balance,
        double spendsPerHour,
        double earnsPerHour,
        @Nullable Instant earliest,
        @Nullable Instant expected,
        @Nullable Instant latest) {

    /** Nobody's load is known for longer than that. */
    private static final Duration HORIZON = Duration.ofDays(1);

    private static final double HALF_LIFE_MINUTES = 15;
    /** From fewer samples nothing can be said of how they vary. */
    private static final int FEWEST_SAMPLES = 3;

    private static final double SAMPLES_AN_HOUR = 60.0 / CreditSample.PERIOD.toMinutes();

    /** The spending of the last hour, in credits per hour: its mean, and one standard deviation less and more. */
    private record Trend(double low, double mean, double high) {}

    /** Empty where the balance or the spending is unknown, or was last known too long ago. */
    public static Optional<Forecast> of(BurstableType type, CreditMode mode, CreditReading reading, Instant now) {
        Optional<Trend> known = trend(type, reading.recent());
        Double sampled = reading.balance();
        if (known.isEmpty() || sampled == null || reading.stale(now)) {
            return Optional.empty();
        }
        Trend trend = known.get();
        double surplus = reading.surplus() == null ? 0 : reading.surplus();
        Instant ended = sampledAt(reading).plus(CreditSample.PERIOD);
        CreditAccount then = CreditAccount.observed(type, mode, sampled, surplus);
        Duration since = ended.isBefore(now) ? Duration.between(ended, now) : Duration.ZERO;
        return Optional.of(new Forecast(
                now,
                then.after(since, cpuPercent(type, trend.mean())).balance(),
                trend.mean(),
                type.creditsPerHour(),
                end(then, ended, trend.high(), now),
                end(then, ended, trend.mean(), now),
                end(then, ended, trend.low(), now)));
    }

    /** The mean spending of the last hour as CPUUtilization, in percent; empty where no sample tells it. */
    public static Optional<Double> sustainedPercent(BurstableType type, List<CreditSample> samples) {
        return trend(type, samples).map(trend -> cpuPercent(type, trend.mean()));
    }

    /** Whether they are expected to end before then. */
    public boolean endsBefore(Instant time) {
        return expected != null && expected.isBefore(time);
    }

    private static Optional<Trend> trend(BurstableType type, List<CreditSample> samples) {
        List<CreditSample> known = samples.stream()
                .filter(sample -> spending(type, sample) != null)
                .toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Instant newest = known.getLast().at();
        double weights = 0;
        double weighted = 0;
        double sum = 0;
        for (CreditSample sample : known) {
            double spent = Objects.requireNonNull(spending(type, sample));
            double weight = Math.pow(0.5, Duration.between(sample.at(), newest).toSeconds() / 60.0 / HALF_LIFE_MINUTES);
            weights += weight;
            weighted += weight * spent;
            sum += spent;
        }
        double mean = weighted / weights;
        double most = type.creditsPerMinute(100) * 60;
        if (known.size() < FEWEST_SAMPLES) {
            return Optional.of(new Trend(0, mean, most));
        }
        double average = sum / known.size();
        double squares = known.stream()
                .mapToDouble(sample -> Math.pow(Objects.requireNonNull(spending(type, sample)) - average, 2))
                .sum();
        double deviation = Math.sqrt(squares / (known.size() - 1));
        return Optional.of(new Trend(Math.max(0, mean - deviation), mean, Math.min(most, mean + deviation)));
    }

    /** In credits per hour. Usage is exact; where it is missing the CPU tells it. */
    private static @Nullable Double spending(BurstableType type, CreditSample sample) {
        if (sample.usage() != null) {
            return sample.usage() * SAMPLES_AN_HOUR;
        }
        return sample.cpuPercent() == null ? null : Double.valueOf(type.creditsPerMinute(sample.cpuPercent()) * 60);
    }

    private static double cpuPercent(BurstableType type, double creditsPerHour) {
        return creditsPerHour / 60 / type.vcpus() * 100;
    }

    private static Instant sampledAt(CreditReading reading) {
        return reading.recent().stream()
                .filter(sample -> sample.balance() != null)
                .map(CreditSample::at)
                .max(Instant::compareTo)
                .orElse(reading.at());
    }

    private static @Nullable Instant end(CreditAccount from, Instant start, double creditsPerHour, Instant now) {
        return from.exhaustedAfter(cpuPercent(from.type(), creditsPerHour))
                .map(left -> start.plus(left).plusMillis(500).truncatedTo(ChronoUnit.SECONDS))
                .map(end -> end.isBefore(now) ? now : end)
                .filter(end -> !end.isAfter(now.plus(HORIZON)))
                .orElse(null);
    }
}
