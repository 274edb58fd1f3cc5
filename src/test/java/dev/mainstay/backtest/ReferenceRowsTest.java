package dev.mainstay.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.backtest.policy.Policies;
import dev.mainstay.cluster.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The baselines give the figures that are known of them on recorded histories, which are no part of the project:
 * {@code -Dmainstay.traces=DIR} names the directory that holds them. Three wanted on three zones of 2023, and one on each of
 * nine price series of 2015.
 */
@EnabledIfSystemProperty(
        named = "mainstay.traces",
        matches = ".+",
        disabledReason = "name the directory of the recorded histories with -Dmainstay.traces=DIR")
class ReferenceRowsTest {
    private static final double AVAILABILITY = 0.002;
    private static final double COST = 0.01;

    private static final Map<String, Double> ON_DEMAND =
            Map.of("c3.xlarge", 0.21, "m3.medium", 0.067, "r3.large", 0.175);

    private static final Markets.Span WHOLE = new Markets.Span() {
        @Override
        public Duration from(Optional<Instant> recordedFrom, Duration length) {
            return Duration.ZERO;
        }

        @Override
        public Duration to(Optional<Instant> recordedFrom, Duration length) {
            return length;
        }
    };

    private static Path traces(String name) {
        return Path.of(System.getProperty("mainstay.traces")).resolve(name);
    }

    @ParameterizedTest(name = "{0}, {1} s, {2} of losses announced")
    @CsvSource({
        "single-zone-spot, 120, 0, .747, .258",
        "round-robin-spot, 120, 0, .899, .305",
        "autospotting, 120, 0, .9923, .397",
        "spothedge:0, 120, 0, .9924, .393",
        "spothedge:1, 120, 0, .9956, .504",
        "spothedge:2, 120, 0, .9981, .682",
        "spothedge:3, 120, 0, .9997, .861",
        "spothedge-noticed:0, 120, .8, .9980, .396",
        "spothedge-noticed:0, 120, 1, 1.0000, .397",
        "clairvoyant, 120, 0, 1, .396",
        "autospotting, 300, 0, .9810, .408",
        "spothedge:0, 300, 0, .9818, .400",
        "spothedge:1, 300, 0, .9898, .512",
        "spothedge-noticed:0, 300, 1, .9890, .403",
        "clairvoyant, 300, 0, 1, .406"
    })
    void baselinesOnRecordedRoom(String policy, long coldStart, double noticed, double availability, double cost) {
        Frame frame =
                new Frame(Duration.ofSeconds(30), Duration.ofSeconds(coldStart), 3, 0, noticed, Frame.NoticeModel.NODE);
        Markets markets = Markets.availability(
                List.of(traces("spothedge-ae/data/AWS1")),
                Optional.empty(),
                frame,
                WHOLE,
                new CapacityMarket.Prices(1, 3));

        expect(run(frame, markets, policy), availability, cost);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "price-return:1:0, .99863, .3342",
        "price-return:.9:10, .99927, .3264",
        "price-return:.8:30, .99952, .3292",
        "price-return:.8:60, .99961, .3329",
        "cross-zone-bound, 1, .3182"
    })
    void baselinesOnRecordedPrices(String policy, double availability, double cost) {
        Frame frame = new Frame(Duration.ofMinutes(1), Duration.ofMinutes(5), 1, 0, 1, Frame.NoticeModel.NODE);
        Markets markets = Markets.prices(
                List.of(traces("aws-spot-2015")), true, frame, WHOLE, ReferenceRowsTest::onDemand, Optional.empty());

        expect(run(frame, markets, policy), availability, cost);
    }

    private static double onDemand(Pool pool) {
        return Objects.requireNonNull(ON_DEMAND.get(pool.type().name()));
    }

    private static Figures run(Frame frame, Markets markets, String policy) {
        return new Backtest(frame, markets.all(), List.of(Policies.named(policy)), 3)
                .run(1, _ -> {})
                .getFirst()
                .figures();
    }

    private static void expect(Figures figures, double availability, double cost) {
        assertThat(figures.availability()).isEqualTo(availability, within(AVAILABILITY));
        assertThat(figures.cost()).isEqualTo(cost, within(COST));
    }
}
