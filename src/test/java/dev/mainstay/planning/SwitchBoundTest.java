package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.MarketFrame;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However the market behaves, the cluster switches to spot no oftener in any 24 hours than docs/policy.md says, and no budget
 * ever keeps it from filling a gap. The market of a seed is replayed with {@code -Dmainstay.seeds=A-B}.
 */
class SwitchBoundTest {
    private static final int DAYS = 2;
    private static final int TICKS = DAYS * 24 * 120;

    /** From the second misfortune on. */
    private static final int TICKS_OF_A_DWELL = 20;

    static LongStream seeds() {
        String[] range = System.getProperty("mainstay.seeds", "1-10").split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void switchesNoOftenerThanTheBoundWhateverTheMarketDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int desired = 1 + random.nextInt(6);
        int base = random.nextInt(desired + 1);
        SpecDraft draft = SpecDraft.micro().desired(desired).base(base);
        if (seed % 3 == 0) {
            draft.returnsPerDay(random.nextInt(8));
        }
        ClusterSpec spec = draft.build();
        List<Zone> zones = List.copyOf(spec.launch().subnets().keySet());
        MarketFrame frame = new MarketFrame(
                spec,
                room(zones, random),
                random.nextInt(3) / 2.0,
                Duration.ofSeconds(60 + 30 * random.nextInt(8)),
                seed % 2 == 0 ? Map.of() : prices(zones, random),
                seed);

        MarketFrame.Result result = frame.run();

        String about = "-Dmainstay.seeds=%d-%d, %s: %s".formatted(seed, seed, spec.capacity(), result.switches());
        assertThat(frame.breaches()).as(about).isEmpty();
        assertThat(MarketFrame.mostInADay(result.switches()))
                .as(about)
                .isLessThanOrEqualTo(spec.guards().returnsPerDay());
    }

    /** A market that takes every node a few minutes after it serves: the worst that a return can meet. */
    @ParameterizedTest(name = "{0} minutes")
    @org.junit.jupiter.params.provider.ValueSource(ints = {5, 10, 25})
    void waitsTheWholeDwellWhereSpotIsAlwaysLostAgain(int minutes) {
        ClusterSpec spec =
                SpecDraft.micro().desired(4).base(3).returnsPerDay(1000).build();
        List<Zone> zones = List.copyOf(spec.launch().subnets().keySet());
        int[][] room = new int[zones.size()][TICKS];
        for (int[] zone : room) {
            for (int tick = 0; tick < TICKS; tick++) {
                zone[tick] = tick % (2 * minutes + 12) < 2 * minutes ? 9 : 0;
            }
        }

        MarketFrame.Result result = new MarketFrame(
                        spec, new MarketFrame.Room(zones, List.of(room)), 0, Duration.ofSeconds(60), Map.of(), 1)
                .run();

        List<Integer> switches = result.switches();
        assertThat(switches).hasSizeGreaterThan(2);
        for (int i = 2; i < switches.size(); i++) {
            assertThat(switches.get(i) - switches.get(i - 1))
                    .as("%s", switches)
                    .isGreaterThanOrEqualTo(TICKS_OF_A_DWELL);
        }
    }

    /** Zones that empty and fill, for minutes or for hours. */
    private static MarketFrame.Room room(List<Zone> zones, SplittableRandom random) {
        int[][] room = new int[zones.size()][TICKS];
        for (int[] zone : room) {
            int longest = 4 + random.nextInt(400);
            for (int tick = 0; tick < TICKS; ) {
                int until = Math.min(TICKS, tick + 1 + random.nextInt(longest));
                int here = random.nextInt(3) == 0 ? 0 : random.nextInt(8);
                while (tick < until) {
                    zone[tick++] = here;
                }
            }
        }
        return new MarketFrame.Room(zones, List.of(room));
    }

    /** Prices of the bid era, which change every few minutes to hours. */
    private static Map<Pool, List<PriceHistory.Change>> prices(List<Zone> zones, SplittableRandom random) {
        Map<Pool, List<PriceHistory.Change>> prices = new TreeMap<>();
        for (Zone zone : zones) {
            List<PriceHistory.Change> changes = new ArrayList<>();
            Instant end = MarketFrame.START.plus(MarketFrame.TICK.multipliedBy(TICKS));
            for (Instant at = MarketFrame.START.minus(Duration.ofDays(2)); at.isBefore(end); ) {
                changes.add(new PriceHistory.Change(at, 0.002 + 0.011 * random.nextDouble()));
                at = at.plus(Duration.ofMinutes(5 + random.nextInt(120)));
            }
            prices.put(new Pool(Specs.T2_MICRO, zone), changes);
        }
        return prices;
    }
}
