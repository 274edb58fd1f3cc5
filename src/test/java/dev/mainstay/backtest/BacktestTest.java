package dev.mainstay.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.backtest.policy.Policies;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.GeneratedHistories;
import dev.mainstay.simulation.trace.Histories;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** All policies on generated histories. */
class BacktestTest {
    private static final Duration DAYS = Duration.ofDays(3);
    private static final Histories HISTORIES = GeneratedHistories.of(
            7,
            List.of(new Zone("us-east-1a"), new Zone("us-east-1b"), new Zone("us-east-1c")),
            new InstanceType("t3.micro"),
            0.0104,
            DAYS);

    private static final Frame ROOM =
            new Frame(Duration.ofSeconds(30), Duration.ofMinutes(2), 3, 0, 1, Frame.NoticeModel.NODE);
    private static final Frame PRICES =
            new Frame(Duration.ofMinutes(1), Duration.ofMinutes(5), 4, 1, 1, Frame.NoticeModel.NODE);

    private static CapacityMarket room() {
        return CapacityMarket.of(
                "room", HISTORIES.capacities(), ROOM.tick(), Duration.ZERO, DAYS, new CapacityMarket.Prices(1, 3));
    }

    private static PriceMarket prices() {
        return PriceMarket.of(
                "prices",
                List.copyOf(HISTORIES.prices().values()),
                java.time.Instant.parse("2015-03-11T00:00:00Z"),
                PRICES.tick(),
                Duration.ZERO,
                DAYS,
                0.0104,
                0.0104);
    }

    private static List<BacktestReport.Result> run(Frame frame, SpotMarket market, List<String> policies, int threads) {
        List<Contender> contenders = policies.stream().map(Policies::named).toList();
        return new Backtest(frame, List.of(market), contenders, 2).run(threads, _ -> {});
    }

    static Stream<String> onRoom() {
        return Stream.concat(Policies.usual(false).stream(), Stream.of("spothedge-noticed:1"))
                .filter(name -> !name.equals("clairvoyant"));
    }

    @ParameterizedTest
    @MethodSource("onRoom")
    void nobodyServesAsWellAsTheClairvoyantForLess(String policy) {
        Figures figures = run(ROOM, room(), List.of(policy), 1).getFirst().figures();

        double bound = room().bound(ROOM).cost();
        assertThat(figures.availability() == 1 && figures.cost() < bound)
                .as("%s: %s, clairvoyant %s", policy, figures, bound)
                .isFalse();
        assertThat(figures.nodeAvailability()).isGreaterThanOrEqualTo(figures.availability());
        assertThat(figures.cost()).isPositive();
    }

    @Test
    void onDemandCostsOneAndIsAlwaysThere() {
        Figures figures = run(ROOM, room(), List.of("on-demand"), 1).getFirst().figures();

        assertThat(figures).isEqualTo(new Figures(1, 1, 1, 0, 0, 3, 0, 0, 0, 0, 0));
    }

    @Test
    void withNoticesTheDaemonServesBetterThanSpotHedgeAndIsRefusedLess() {
        List<BacktestReport.Result> results = run(ROOM, room(), List.of("mainstay", "spothedge:1", "spothedge:0"), 1);

        Figures mainstay = results.get(0).figures();
        Figures hedge = results.get(1).figures();
        assertThat(mainstay.availability()).isGreaterThan(hedge.availability());
        assertThat(mainstay.cost()).isLessThan(hedge.cost());
        assertThat(mainstay.refusedLaunches())
                .isLessThan(results.get(2).figures().refusedLaunches() / 4);
    }

    @Test
    void withPricesTheDaemonComesNearTheCheapestZone() {
        List<BacktestReport.Result> results =
                run(PRICES, prices(), List.of("mainstay", "price-return:.8:30", "cross-zone-bound"), 1);

        double bound = results.get(2).figures().cost();
        assertThat(results.get(0).figures().cost()).isBetween(bound, 1.1 * bound);
    }

    @Test
    void givesTheSameReportTwiceOnAnyNumberOfThreads() {
        JsonMapper json = new JsonMapper();
        List<String> policies = List.of("mainstay", "spothedge:1", "autospotting");

        String first = json.writeValueAsString(run(ROOM, room(), policies, 1));
        String second = json.writeValueAsString(run(ROOM, room(), policies, 2));

        assertThat(second).isEqualTo(first);
    }
}
