package dev.mainstay.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedHistoriesTest {
    private static final List<Zone> ZONES =
            List.of(new Zone("us-east-1a"), new Zone("us-east-1b"), new Zone("us-east-1c"));
    private static final double ON_DEMAND = 0.0116;

    /** Source: EC2 user guide, "CPU credits and baseline utilization": what a t2.micro earns and spends in an hour. */
    private static final double EARNED_AN_HOUR = 6;

    private static final double SPENT_AN_HOUR_AT_FULL = 60;

    static Histories generated(long seed, int days) {
        return GeneratedHistories.of(seed, ZONES, new InstanceType("t2.micro"), ON_DEMAND, Duration.ofDays(days));
    }

    @Test
    void makesTheSameHistoriesOfTheSameSeed() {
        assertThat(generated(7, 3)).isEqualTo(generated(7, 3)).isNotEqualTo(generated(8, 3));
        assertThat(generated(7, 1).loadOrigin()).isEqualTo("generated, seed 7");
    }

    @Test
    void roundsTheLengthUpToWholeDaysForEveryPart() {
        Histories histories =
                GeneratedHistories.of(7, ZONES, new InstanceType("t2.micro"), ON_DEMAND, Duration.ofHours(25));
        assertThat(histories.visitors().length()).isEqualTo(Duration.ofDays(2));
        assertThat(histories.crawler().length()).isEqualTo(Duration.ofDays(2));
        assertThat(histories.prices().values()).allMatch(price -> price.length().equals(Duration.ofDays(2)));
        assertThat(histories.capacities().values())
                .allMatch(room -> room.length().equals(Duration.ofDays(2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyDayHasASqueezeInAllZonesAndLossesInSingleOnes(long seed) {
        Histories histories = generated(seed, 28);
        List<double[]> rooms =
                histories.capacities().values().stream().map(Figures::samples).toList();
        double[] allDown = Figures.together(rooms, room -> room == 0);
        for (int day = 0; day < 28; day++) {
            int midnight = day * 288;
            // The squeeze is the one between three and eight o'clock: it may begin until six and take 90 minutes.
            double[] morning = Arrays.copyOfRange(allDown, midnight + 24, midnight + 96);
            assertThat(Figures.runs(morning, down -> down > 0)).anyMatch(hours -> hours >= 0.5 && hours <= 1.5);
            int losses = 0;
            for (int tick = midnight + 1; tick < midnight + 288; tick++) {
                int at = tick;
                long fallen = rooms.stream()
                        .filter(room -> room[at] == 0 && room[at - 1] > 0)
                        .count();
                boolean someUp = rooms.stream().anyMatch(room -> room[at] > 0);
                losses += fallen == 1 && someUp ? 1 : 0;
            }
            assertThat(losses).isGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyDaysCrawlerRunsANodeOfAHundredCreditsDry(long seed) {
        double[] crawler = Figures.samples(generated(seed, 28).crawler());
        for (int day = 0; day < 28; day++) {
            double balance = 100;
            double lowest = balance;
            for (int i = day * 288; i < (day + 1) * 288; i++) {
                double spent = crawler[i] / 100 * SPENT_AN_HOUR_AT_FULL;
                balance = Math.min(100, balance + (EARNED_AN_HOUR - spent) / 12);
                lowest = Math.min(lowest, balance);
            }
            assertThat(lowest).as("day %d", day).isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void visitorsAloneNeverRunAFreshNodeDry(long seed) {
        double balance = 30;
        for (double percent : Figures.samples(generated(seed, 28).visitors())) {
            balance = Math.min(144, balance + (EARNED_AN_HOUR - percent / 100 * SPENT_AN_HOUR_AT_FULL) / 12);
            assertThat(balance).isPositive();
        }
    }

    @Test
    void pinsTheShapeOfTheLoad() {
        double[] visitors = Figures.samples(generated(7, 182).visitors());
        assertThat(Figures.mean(visitors)).isCloseTo(6.3, within(0.1));
        assertThat(Figures.dailyAmplitude(visitors, 0)).isCloseTo(0.41, within(0.03));
        assertThat(Figures.lagOne(visitors)).isCloseTo(0.62, within(0.03));
    }

    @Test
    void pinsTheShapeOfThePrices() {
        for (PriceTrace price : generated(7, 182).prices().values()) {
            assertThat(Figures.quantile(Figures.plateaus(price), 0.5)).isCloseTo(7.9, within(0.3));
            assertThat(Figures.share(Figures.samples(price), usd -> usd > ON_DEMAND))
                    .isBetween(0.03, 0.10);
            assertThat(Figures.spikes(price, ON_DEMAND).size() / 182.0).isBetween(0.6, 1.5);
            assertThat(price.at(Duration.ZERO)).isLessThan(ON_DEMAND);
        }
    }

    @Test
    void pinsTheShapeOfTheCapacities() {
        for (CapacityTrace room : generated(7, 182).capacities().values()) {
            double[] samples = Figures.samples(room);
            assertThat(Figures.share(samples, instances -> instances > 0)).isBetween(0.72, 0.82);
            assertThat(samples).containsOnly(0, 1, 2, 3, 4);
            assertThat(room.at(Duration.ZERO)).isEqualTo(4);
        }
    }
}
