package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.AvailabilityReader;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.testing.MarketFrame;
import dev.mainstay.testing.SpecDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The figures of docs/decisions/0005, on the recorded availability of three zones in 2023, which is not part of the project:
 * {@code -Dmainstay.traces=DIR} names the directory that holds it. Three wanted, no base, a boot of two minutes.
 */
@EnabledIfSystemProperty(
        named = "mainstay.traces",
        matches = ".+",
        disabledReason = "name the directory of the recorded histories with -Dmainstay.traces=DIR")
class MarketFiguresTest {
    private static final int SEEDS = Integer.getInteger("mainstay.figures", 2);
    private static final Duration BOOT = Duration.ofMinutes(2);
    private static final int WANTED = 3;

    private static final Map<String, UnaryOperator<SpecDraft>> POLICIES = new TreeMap<>(Map.of(
            "1 as shipped", draft -> draft,
            "2 no insurance", draft -> draft.insureFor(Duration.ofSeconds(1)),
            "3 nobody at risk", draft -> draft.atRiskFor(Duration.ofSeconds(1)),
            "4 at risk for 2m", draft -> draft.atRiskFor(Duration.ofMinutes(2)),
            "5 no budget", draft -> draft.returnsPerDay(1000)));

    @Test
    void printsWhatEachPartIsWorth() {
        MarketFrame.Room room = room();
        double bound = clairvoyant(room);
        System.out.printf(Locale.ROOT, "clairvoyant: cost %.4f%n", bound);
        System.out.println(
                "policy            | notices | availability | cost / clairvoyant | all down | refused | switches");
        for (double noticed : List.of(1.0, 0.8, 0.0)) {
            POLICIES.forEach((name, policy) -> {
                List<MarketFrame.Result> results = new ArrayList<>();
                for (long seed = 1; seed <= SEEDS; seed++) {
                    MarketFrame frame = new MarketFrame(spec(policy), room, noticed, BOOT, Map.of(), seed);
                    results.add(frame.run());
                    assertThat(frame.breaches()).isEmpty();
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-17s | %7.1f | %.5f      | %.4f             | %.5f  | %7.0f | %.0f%n",
                        name,
                        noticed,
                        mean(results.stream()
                                .map(MarketFrame.Result::availability)
                                .toList()),
                        mean(results.stream().map(MarketFrame.Result::cost).toList()) / bound,
                        mean(results.stream()
                                .map(each -> (double) each.down() / each.ticks())
                                .toList()),
                        mean(results.stream()
                                .map(each -> (double) each.refusals())
                                .toList()),
                        mean(results.stream()
                                .map(each -> (double) each.switches().size())
                                .toList()));
            });
        }
    }

    private static ClusterSpec spec(UnaryOperator<SpecDraft> policy) {
        return policy.apply(SpecDraft.micro().desired(WANTED).base(0)).build();
    }

    /** Who knows the room ahead runs spot where it lasts a boot, and has on-demand up in time for the rest. */
    private static double clairvoyant(MarketFrame.Room room) {
        int boot = (int) BOOT.dividedBy(MarketFrame.TICK);
        int[] needed = new int[room.ticks()];
        double spot = 0;
        for (int tick = 0; tick < room.ticks(); tick++) {
            int sure = 0;
            for (int[] zone : room.perTick()) {
                int least = Integer.MAX_VALUE;
                for (int back = Math.max(0, tick - boot); back <= tick; back++) {
                    least = Math.min(least, zone[back]);
                }
                sure += least;
            }
            spot += Math.min(WANTED, sure);
            needed[tick] = Math.max(0, WANTED - sure);
        }
        double onDemand = 0;
        for (int tick = 0; tick < room.ticks(); tick++) {
            int most = 0;
            for (int ahead = tick; ahead < Math.min(room.ticks(), tick + boot); ahead++) {
                most = Math.max(most, needed[ahead]);
            }
            onDemand += 3.0 * most;
        }
        return (spot + onDemand) / (3.0 * WANTED * room.ticks());
    }

    private static MarketFrame.Room room() {
        Path directory = Path.of(System.getProperty("mainstay.traces")).resolve("spothedge-ae/data/AWS1");
        Collection<CapacityTrace> traces =
                new AvailabilityReader().read(List.of(directory)).traces().values();
        List<Zone> zones =
                List.copyOf(SpecDraft.micro().build().launch().subnets().keySet());
        List<int[]> perTick = traces.stream().map(MarketFiguresTest::perTick).toList();
        return new MarketFrame.Room(zones.subList(0, perTick.size()), perTick);
    }

    private static int[] perTick(CapacityTrace trace) {
        int[] room = new int[(int) trace.length().dividedBy(MarketFrame.TICK)];
        for (int tick = 0; tick < room.length; tick++) {
            room[tick] = trace.at(MarketFrame.TICK.multipliedBy(tick));
        }
        return room;
    }

    private static double mean(List<Double> figures) {
        return figures.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
