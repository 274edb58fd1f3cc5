package dev.mainstay.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
import dev.mainstay.cluster.InstanceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final BurstableType MICRO =
            BurstableType.of(new InstanceType("t2.micro")).orElseThrow();

    @ParameterizedTest(name = "{0} credits at {1} % last {2} minutes")
    @CsvSource({
        "40, 100, 44.44", // 60 an hour spent, 6 earned
        "40, 50, 100",
        "6, 70, 10",
        "0, 100, 0",
        "144, 40, 480"
    })
    void aSteadyLoadEndsWhenTheModelSays(double balance, double cpu, double minutes) {
        Forecast forecast = forecast(balance, steady(cpu));

        assertThat(minutesUntil(forecast.expected())).isCloseTo(minutes, within(0.01));
        assertThat(forecast.earliest()).isEqualTo(forecast.expected());
        assertThat(forecast.latest()).isEqualTo(forecast.expected());
    }

    @ParameterizedTest
    @CsvSource({"40, 10", "40, 0", "0, 10", "144, 11"})
    void aLoadThatTheEarningPaysForOrNearlySoEndsNotInSight(double balance, double cpu) {
        assertThat(forecast(balance, steady(cpu)).expected()).isNull();
    }

    @Test
    void theModelFillsInWhatWasSpentSinceTheSample() {
        CreditReading reading = reading(40, NOW.minus(Duration.ofMinutes(15)), steady(100));

        Forecast forecast =
                Forecast.of(MICRO, CreditMode.STANDARD, reading, NOW).orElseThrow();

        // Ten minutes since the end of the sample, at 0.9 a minute.
        assertThat(forecast.balance()).isCloseTo(31, within(1e-9));
        assertThat(minutesUntil(forecast.expected())).isCloseTo(34.44, within(0.01));
    }

    @Test
    void aRisingLoadCountsForMoreThanTheHoursMean() {
        Forecast forecast = forecast(40, 10, 10, 10, 10, 10, 10, 10, 10, 10, 60, 60, 60);

        assertThat(forecast.spendsPerHour()).isBetween(22.5 / 100 * 60 + 5, 36.0);
        assertThat(Objects.requireNonNull(forecast.earliest())).isBefore(forecast.expected());
        // It may as well fall back nearly to the baseline.
        assertThat(forecast.latest()).isAfter(NOW.plus(Duration.ofHours(12)));
    }

    @Test
    void twoSamplesSayNothingOfHowTheLoadVaries() {
        Forecast forecast = forecast(40, 50, 50);

        assertThat(minutesUntil(forecast.earliest())).isCloseTo(44.44, within(0.01));
        assertThat(minutesUntil(forecast.expected())).isCloseTo(100, within(0.01));
        assertThat(forecast.latest()).isNull();
    }

    @Test
    void whatIsMissingOrStaleIsUnknown() {
        CreditReading stale = reading(40, NOW.minus(Duration.ofMinutes(21)), steady(100));
        CreditReading withoutBalance = new CreditReading(NOW, null, 5.0, 100.0, null);
        CreditReading withoutSpending = new CreditReading(NOW, 40.0, null, null, null);

        assertThat(List.of(stale, withoutBalance, withoutSpending))
                .allSatisfy(reading -> assertThat(Forecast.of(MICRO, CreditMode.STANDARD, reading, NOW))
                        .isEmpty());
    }

    @Test
    void theCpuTellsWhatWasSpentWhereNothingElseDoes() {
        CreditReading reading = new CreditReading(NOW.minus(CreditSample.PERIOD), 40.0, null, 100.0, null);

        assertThat(Forecast.of(MICRO, CreditMode.STANDARD, reading, NOW)
                        .orElseThrow()
                        .spendsPerHour())
                .isEqualTo(60);
    }

    /** Loads that vary at random around a mean: the true end lies in the range nine times of ten. */
    @Test
    void theRangeIsHonest() {
        long seed = 20260302;
        SplittableRandom random = new SplittableRandom(seed);
        int within = 0;
        int runs = 1000;
        for (int run = 0; run < runs; run++) {
            double mean = 25 + random.nextDouble() * 40;
            double spread = random.nextDouble() * 20;
            double[] before = random.doubles(12)
                    .map(each -> mean + (2 * each - 1) * spread)
                    .toArray();
            double balance = 10 + random.nextDouble() * 30;
            Forecast forecast = forecast(balance, before);
            Instant end = NOW;
            CreditAccount account = CreditAccount.withBalance(MICRO, CreditMode.STANDARD, balance);
            while (account.balance() > 0) {
                double load = mean + (2 * random.nextDouble() - 1) * spread;
                account = account.after(Duration.ofMinutes(1), load);
                end = end.plus(Duration.ofMinutes(1));
            }
            boolean early = forecast.earliest() != null && end.isBefore(forecast.earliest());
            boolean late =
                    forecast.latest() != null && end.isAfter(forecast.latest().plus(Duration.ofMinutes(1)));
            within += early || late ? 0 : 1;
        }
        assertThat(within).as("seed %d, of %d", seed, runs).isGreaterThan(runs * 9 / 10);
    }

    private static Forecast forecast(double balance, double... loads) {
        return Forecast.of(MICRO, CreditMode.STANDARD, reading(balance, NOW.minus(CreditSample.PERIOD), loads), NOW)
                .orElseThrow();
    }

    private static double[] steady(double cpu) {
        return DoubleStream.generate(() -> cpu).limit(12).toArray();
    }

    /** The newest sample begins then. */
    private static CreditReading reading(double balance, Instant newest, double... loads) {
        List<CreditSample> samples = new ArrayList<>();
        for (int i = 0; i < loads.length; i++) {
            Instant at = newest.minus(CreditSample.PERIOD.multipliedBy(loads.length - 1 - i));
            samples.add(new CreditSample(at, balance, loads[i] / 20, loads[i], null));
        }
        CreditSample last = samples.getLast();
        return new CreditReading(newest, balance, last.usage(), last.cpuPercent(), null, samples);
    }

    private static double minutesUntil(@Nullable Instant then) {
        return Duration.between(NOW, Objects.requireNonNull(then)).toMillis() / 60_000.0;
    }
}
