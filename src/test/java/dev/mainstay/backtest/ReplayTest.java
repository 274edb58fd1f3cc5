package dev.mainstay.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.CapacityTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the frame gives, takes, tells and charges. A tick is 30 seconds, a cold start two of them. */
class ReplayTest {
    private static final Duration TICK = Duration.ofSeconds(30);
    private static final Frame FRAME = new Frame(TICK, Duration.ofMinutes(1), 1, 0, 0, Frame.NoticeModel.NODE);

    /** Launches once in the first zone, and writes down what it sees. */
    private static final class Watcher implements Policy {
        private final List<String> seen = new ArrayList<>();
        private final int launches;

        private Watcher(int launches) {
            this.launches = launches;
        }

        @Override
        public void decide(Turn turn) {
            if (turn.tick() == 0) {
                turn.launchSpot(0, launches);
            }
            StringBuilder line = new StringBuilder();
            for (Machine node : turn.nodes()) {
                line.append(turn.serves(node) ? 's' : 'b').append(node.noticed(turn.tick()) ? "!" : "");
            }
            seen.add(line.toString());
        }
    }

    private static CapacityMarket market(int... room) {
        return market(List.<int[]>of(room));
    }

    private static CapacityMarket market(List<int[]> zones) {
        SortedMap<Zone, CapacityTrace> traces = new TreeMap<>();
        for (int[] room : zones) {
            Zone zone = new Zone("zone-" + traces.size());
            traces.put(zone, CapacityTrace.of(zone, TICK, room));
        }
        Duration length = TICK.multipliedBy(zones.getFirst().length);
        return CapacityMarket.of("m", traces, TICK, Duration.ZERO, length, new CapacityMarket.Prices(1, 3));
    }

    private static Figures play(Frame frame, SpotMarket market, Policy policy) {
        Tally tally = new Tally(frame, market);
        new Replay(frame, market, 1, tally).run(policy);
        return tally.figures();
    }

    @Test
    void servesAfterItsColdStartAndIsGoneWhenTheRoomIs() {
        Watcher watcher = new Watcher(1);

        Figures figures = play(FRAME, market(1, 1, 1, 1, 0, 0), watcher);

        assertThat(watcher.seen).containsExactly("b", "b", "s", "s", "", "");
        assertThat(figures.availability()).isEqualTo(0.5);
        assertThat(figures.losses()).isEqualTo(1);
        assertThat(figures.longestGapSeconds()).isEqualTo(60);
        assertThat(figures.allDownShare()).isEqualTo(0.5);
        assertThat(figures.cost()).isEqualTo(4.0 / 3 / 6, within(1e-12));
    }

    @Test
    void tellsOfALossTwoMinutesAheadAndTakesWhomItTold() {
        Frame told = new Frame(TICK, Duration.ofMinutes(1), 1, 0, 1, Frame.NoticeModel.NODE);
        Watcher watcher = new Watcher(2);

        Figures figures = play(told, market(2, 2, 2, 2, 2, 2, 1, 1), watcher);

        assertThat(watcher.seen.subList(0, 3)).containsExactly("bb", "bb", watcher.seen.get(2));
        assertThat(watcher.seen.get(2)).hasSize(3).contains("!");
        assertThat(watcher.seen.get(6)).isEqualTo("s");
        assertThat(figures.losses()).isEqualTo(1);
    }

    @Test
    void givesAsManyAsThereIsRoomForAndCountsTheRestAsOneRefusal() {
        Watcher watcher = new Watcher(3);

        Figures figures = play(FRAME, market(2, 2, 2), watcher);

        assertThat(watcher.seen).containsExactly("bb", "bb", "ss");
        assertThat(figures.launches()).isEqualTo(2);
        assertThat(figures.refusedLaunches()).isEqualTo(1);
    }

    @Test
    void takesTheNodesOfAZoneTogetherAsOneEvent() {
        Figures figures = play(FRAME, market(3, 3, 3, 0, 0), new Watcher(3));

        assertThat(figures.losses()).isEqualTo(3);
        assertThat(figures.lossEvents()).isEqualTo(1);
    }

    @Test
    void boundPaysForColdStartsOnBothMarkets() {
        // Spot for all but the middle; on-demand is up two ticks early, and spot boots for two ticks again after it.
        CapacityMarket market = market(1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1);

        Bound bound = market.bound(FRAME);

        double onDemand = 3.0 * 5;
        double spot = 11;
        assertThat(bound.cost()).isEqualTo((onDemand + spot) / (3.0 * 12), within(1e-12));
        assertThat(bound.availability()).isEqualTo(1);
    }
}
