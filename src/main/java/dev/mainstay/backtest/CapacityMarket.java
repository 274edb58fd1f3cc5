package dev.mainstay.backtest;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.CapacityTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/** A market of the smooth era: calm prices, the same in all zones, and so much room in each zone. */
public final class CapacityMarket implements SpotMarket {
    /** A type of which the planner knows nothing in particular: it has no CPU credits. */
    private static final InstanceType PLAIN = new InstanceType("m5.large");

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    private final String name;
    private final List<Zone> zones;
    private final List<int[]> room;
    private final double spotPrice;
    private final double onDemandPrice;

    private CapacityMarket(String name, List<Zone> zones, List<int[]> room, double spotPrice, double onDemandPrice) {
        this.name = name;
        this.zones = List.copyOf(zones);
        this.room = List.copyOf(room);
        this.spotPrice = spotPrice;
        this.onDemandPrice = onDemandPrice;
    }

    /**
     * The part of recorded room between two times since its start.
     *
     * @param prices of spot and on-demand, in any unit: only their ratio matters
     */
    public static CapacityMarket of(
            String name,
            SortedMap<Zone, CapacityTrace> traces,
            Duration tick,
            Duration from,
            Duration to,
            Prices prices) {
        int first = Math.toIntExact(Math.ceilDiv(from.toMillis(), tick.toMillis()));
        int last = Math.toIntExact(to.toMillis() / tick.toMillis());
        List<int[]> room = new ArrayList<>();
        for (CapacityTrace trace : traces.values()) {
            int[] perTick = new int[last - first];
            for (int i = 0; i < perTick.length; i++) {
                perTick[i] = trace.at(tick.multipliedBy((long) first + i));
            }
            room.add(perTick);
        }
        return new CapacityMarket(name, List.copyOf(traces.keySet()), room, prices.spot(), prices.onDemand());
    }

    /** Of a node in an hour. */
    public record Prices(double spot, double onDemand) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public InstanceType type() {
        return PLAIN;
    }

    @Override
    public List<Zone> zones() {
        return zones;
    }

    @Override
    public int ticks() {
        return room.getFirst().length;
    }

    @Override
    public Instant start() {
        return START;
    }

    @Override
    public int room(int zone, int tick) {
        return room.get(zone)[Math.min(tick, ticks() - 1)];
    }

    @Override
    public double price(int zone, int tick) {
        return spotPrice;
    }

    @Override
    public double onDemandPrice() {
        return onDemandPrice;
    }

    @Override
    public List<PriceHistory.Change> changes(int zone, int tick) {
        return tick == 0 ? List.of(new PriceHistory.Change(START.minus(Duration.ofDays(30)), spotPrice)) : List.of();
    }

    @Override
    public CapacityMarket shuffled(RandomGenerator random) {
        List<int[]> dealt = new ArrayList<>(room);
        Collections.shuffle(dealt, Random.from(random));
        return new CapacityMarket(name, zones, dealt, spotPrice, onDemandPrice);
    }

    /**
     * Who knows the room ahead runs spot where it outlasts a cold start, and on-demand for the rest, each launched a cold start
     * early, and paid from then on. The base is on-demand throughout.
     */
    @Override
    public Bound bound(Frame frame) {
        int wanted = frame.desired() - frame.base();
        int boot = frame.bootTicks();
        int[] sure = new int[ticks()];
        for (int tick = 0; tick < ticks(); tick++) {
            for (int zone = 0; zone < zoneCount(); zone++) {
                sure[tick] += least(zone, Math.max(0, tick - boot), tick);
            }
            sure[tick] = Math.min(sure[tick], wanted);
        }
        double spot = 0;
        double onDemand = (double) frame.base() * ticks();
        for (int tick = 0; tick < ticks(); tick++) {
            int most = 0;
            int least = wanted;
            for (int ahead = tick; ahead <= Math.min(ticks() - 1, tick + boot); ahead++) {
                most = Math.max(most, sure[ahead]);
                least = Math.min(least, sure[ahead]);
            }
            spot += most;
            onDemand += wanted - least;
        }
        double cost = (spot * spotPrice / onDemandPrice + onDemand) / ((double) frame.desired() * ticks());
        return new Bound("clairvoyant", 1, cost);
    }

    private int least(int zone, int from, int until) {
        int least = Integer.MAX_VALUE;
        for (int tick = from; tick <= until; tick++) {
            least = Math.min(least, room(zone, tick));
        }
        return least;
    }
}
