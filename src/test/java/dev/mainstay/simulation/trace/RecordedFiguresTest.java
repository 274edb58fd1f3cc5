package dev.mainstay.simulation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Compares half a year of generated histories with the recorded ones to which they were fitted. Those are no part of
 * the project: {@code -Dmainstay.traces=DIR} names the directory that holds them.
 */
@EnabledIfSystemProperty(
        named = "mainstay.traces",
        matches = "[^$].*",
        disabledReason = "name the directory of the recorded histories with -Dmainstay.traces=DIR")
class RecordedFiguresTest {
    private static final Histories GENERATED = GeneratedHistoriesTest.generated(7, 182);
    private static final double ON_DEMAND = 0.0116;

    /** What r3.large cost on demand in us-east-1 in 2015, in USD per hour. */
    private static final double R3_LARGE = 0.175;

    private static Path recorded(String path) {
        return Path.of(System.getProperty("mainstay.traces")).resolve(path);
    }

    @Test
    void visitorsAskForAsMuchAsThoseOfTheMedianVm() {
        List<LoadTrace> vms =
                new LoadReader().read(List.of(recorded("planetlab-cpu"))).traces();
        double median = Figures.quantile(
                vms.stream().map(vm -> Figures.mean(Figures.samples(vm))).toList(), 0.5);
        assertThat(Figures.mean(Figures.samples(GENERATED.visitors()))).isCloseTo(median, within(0.7));
    }

    @Test
    void crawlerStaysForAsLongAsTheRunsOfBusyVms() {
        List<Double> recorded = new LoadReader()
                .read(List.of(recorded("planetlab-cpu"))).traces().stream()
                        .flatMap(vm -> Figures.runs(Figures.samples(vm), percent -> percent >= 50).stream())
                        .filter(hours -> hours >= 1 && hours <= 5)
                        .toList();
        List<Double> generated = Figures.runs(Figures.samples(GENERATED.crawler()), percent -> percent > 0);
        // One burst a day is long by design, so the generated ones are in the upper half of the recorded ones.
        assertThat(Figures.quantile(generated, 0.5))
                .isBetween(Figures.quantile(recorded, 0.5), Figures.quantile(recorded, 0.95));
    }

    @Test
    void visitorsComeAndGoWithTheDayAsRequestsDo() {
        Mistakes mistakes = new Mistakes();
        Path file = recorded("nab-cloudwatch/elb_request_count_8c0756.csv");
        String text = TraceFiles.text(file, mistakes).orElseThrow();
        // Numbers of requests are no CPU, so they are read past the reader of loads. They begin at midnight.
        List<Sample> requests = Csv.rows(file, text, List.of(Column.TIMESTAMP, Column.VALUE), mistakes).stream()
                .map(row -> new Sample(
                        Fields.instant(row.get(Column.TIMESTAMP).orElseThrow()).orElseThrow(),
                        Double.parseDouble(row.get(Column.VALUE).orElseThrow())))
                .toList();
        LoadTrace recorded = new LoadTrace(Sample.steps(
                requests, requests.getFirst().at(), requests.getLast().at()));
        assertThat(Figures.dailyAmplitude(Figures.samples(GENERATED.visitors()), 0))
                .isCloseTo(Figures.dailyAmplitude(Figures.samples(recorded), 0), within(0.06));
    }

    @Test
    void visitorsWobbleAsTheCpuOfAnAutoScalingGroup() {
        double[] visitors = Figures.samples(GENERATED.visitors());
        double[] group = Figures.samples(new LoadReader()
                .read(List.of(recorded("nab-cloudwatch/cpu_utilization_asg_misconfiguration.csv")))
                .traces()
                .getFirst());
        // The daily curve, which that group does not have, adds to what a sample shares with the next.
        assertThat(Figures.lagOne(visitors)).isBetween(Figures.lagOne(group), Figures.lagOne(group) + 0.25);
    }

    @Test
    void pricesHoldAndSpikeAsThoseOfTheBidEra() {
        Collection<PriceTrace> recorded = new PriceReader()
                .read(Stream.of("a", "b", "e")
                        .map(zone -> recorded("aws-spot-2015/r3.large-us-east-1" + zone + ".csv"))
                        .toList())
                .traces()
                .values();
        Collection<PriceTrace> generated = GENERATED.prices().values();
        for (double share : new double[] {0.25, 0.5, 0.75, 0.9}) {
            double expected = Figures.quantile(all(recorded, Figures::plateaus), share);
            assertThat(Figures.quantile(all(generated, Figures::plateaus), share))
                    .as("plateaus at %s", share)
                    .isBetween(expected * 0.75, expected * 1.3);
        }
        List<Double> recordedSpikes = all(recorded, price -> Figures.spikes(price, R3_LARGE));
        List<Double> generatedSpikes = all(generated, price -> Figures.spikes(price, ON_DEMAND));
        assertThat(aDay(generatedSpikes, generated)).isCloseTo(aDay(recordedSpikes, recorded), within(0.35));
        for (double share : new double[] {0.25, 0.5, 0.75}) {
            double expected = Figures.quantile(recordedSpikes, share);
            assertThat(Figures.quantile(generatedSpikes, share))
                    .as("spikes at %s", share)
                    .isBetween(expected * 0.6, expected * 1.6);
        }
        assertThat(correlation(prices(generated), usd -> usd > ON_DEMAND))
                .isCloseTo(correlation(prices(recorded), usd -> usd > R3_LARGE), within(0.12));
    }

    @Test
    void capacityComesAndGoesAsRecorded() {
        List<double[]> generated = rooms(GENERATED.capacities().values());
        List<double[]> pair = rooms(new AvailabilityReader()
                .read(List.of(
                        recorded("ucb-spot-traces/availability/1-node/aws-10-26-2022/us-west-2a_v100_1.json"),
                        recorded("ucb-spot-traces/availability/1-node/aws-10-26-2022/us-west-2b_v100_1.json")))
                .traces()
                .values());
        List<double[]> cluster = rooms(new AvailabilityReader()
                .read(List.of(recorded("spothedge-ae/data/AWS1")))
                .traces()
                .values());
        assertThat(share(generated, RecordedFiguresTest::up))
                .isCloseTo(share(pair, RecordedFiguresTest::up), within(0.05));
        assertThat(correlation(generated, RecordedFiguresTest::up))
                .isBetween(correlation(cluster, RecordedFiguresTest::up), correlation(pair, RecordedFiguresTest::up));
        assertThat(Figures.mean(Figures.together(generated, RecordedFiguresTest::down)))
                .isCloseTo(Figures.mean(Figures.together(cluster, RecordedFiguresTest::down)), within(0.04));
        for (double share : new double[] {0.75, 0.9}) {
            assertThat(Figures.quantile(runs(generated, RecordedFiguresTest::down), share))
                    .as("downs at %s", share)
                    .isBetween(
                            Figures.quantile(runs(pair, RecordedFiguresTest::down), share) * 0.7,
                            Figures.quantile(runs(cluster, RecordedFiguresTest::down), share) * 1.3);
        }
        // An hour before and two after each squeeze are calm by design, so ups are longer than the recorded ones.
        assertThat(Figures.quantile(runs(generated, RecordedFiguresTest::up), 0.9))
                .isBetween(
                        Figures.quantile(runs(pair, RecordedFiguresTest::up), 0.9),
                        Figures.quantile(runs(pair, RecordedFiguresTest::up), 0.9) * 1.8);
    }

    private static <T> List<Double> all(Collection<T> traces, Function<T, List<Double>> figures) {
        return traces.stream().flatMap(trace -> figures.apply(trace).stream()).toList();
    }

    private static double aDay(List<Double> events, Collection<PriceTrace> traces) {
        double days = traces.stream()
                .mapToDouble(trace -> Figures.days(trace.length()))
                .sum();
        return events.size() / days;
    }

    private static List<double[]> prices(Collection<PriceTrace> traces) {
        return traces.stream().map(Figures::samples).toList();
    }

    private static boolean up(double room) {
        return room > 0;
    }

    private static boolean down(double room) {
        return room == 0;
    }

    private static List<double[]> rooms(Collection<CapacityTrace> traces) {
        return traces.stream().map(Figures::samples).toList();
    }

    private static double share(List<double[]> rows, DoublePredicate so) {
        return rows.stream()
                .mapToDouble(row -> Figures.share(row, so))
                .average()
                .orElseThrow();
    }

    private static List<Double> runs(List<double[]> rows, DoublePredicate so) {
        return rows.stream().flatMap(row -> Figures.runs(row, so).stream()).toList();
    }

    /** The mean of the correlations of all pairs. */
    private static double correlation(List<double[]> rows, DoublePredicate so) {
        List<Double> pairs = new ArrayList<>();
        for (int one = 0; one < rows.size(); one++) {
            for (int other = 0; other < one; other++) {
                pairs.add(Figures.correlation(Figures.flags(rows.get(one), so), Figures.flags(rows.get(other), so)));
            }
        }
        return pairs.stream().mapToDouble(pair -> pair).average().orElseThrow();
    }
}
