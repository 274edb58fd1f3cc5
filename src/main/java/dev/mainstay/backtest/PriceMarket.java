package dev.mainstay.backtest;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.trace.PriceTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A market of the bid era: a zone has room for everyone while its price is at or under the limit, and for nobody above it. A
 * price is read at each tick and holds until the next, as for who is billed by the tick.
 */
public final class PriceMarket implements SpotMarket {
    /** What is known of the time before the first tick. */
    private static final Duration KNOWN_BEFORE = Duration.ofDays(30);

    private final String name;
    private final InstanceType type;
    private final Instant start;
    private final double onDemandPrice;
    private final double limit;
    private final List<Series> series;

    /** One zone: its price at each tick, and the changes by the ticks at which they are first seen. */
    private static final class Series {
        private final Zone zone;
        private final double[] perTick;
        private final List<PriceHistory.Change> changes;
        private final int[] seenAt;

        private Series(Zone zone, double[] perTick, List<PriceHistory.Change> changes, int[] seenAt) {
            this.zone = zone;
            this.perTick = perTick;
            this.changes = changes;
            this.seenAt = seenAt;
        }
    }

    private PriceMarket(
            String name, InstanceType type, Instant start, double onDemandPrice, double limit, List<Series> series) {
        this.name = name;
        this.type = type;
        this.start = start;
        this.onDemandPrice = onDemandPrice;
        this.limit = limit;
        this.series = List.copyOf(series);
    }

    /**
     * The part of recorded prices between two times since their start.
     *
     * @param traces of one type, from one start
     * @param recordedFrom when that start was
     * @param limit above which a node is taken, in USD per hour
     */
    public static PriceMarket of(
            String name,
            List<PriceTrace> traces,
            Instant recordedFrom,
            Duration tick,
            Duration from,
            Duration to,
            double onDemandPrice,
            double limit) {
        List<Series> series = traces.stream()
                .map(trace -> series(trace, recordedFrom, tick, from, to))
                .toList();
        return new PriceMarket(name, traces.getFirst().type(), recordedFrom.plus(from), onDemandPrice, limit, series);
    }

    private static Series series(PriceTrace trace, Instant recordedFrom, Duration tick, Duration from, Duration to) {
        double[] perTick = new double[Math.toIntExact(to.minus(from).dividedBy(tick))];
        for (int i = 0; i < perTick.length; i++) {
            perTick[i] = trace.at(from.plus(tick.multipliedBy(i)));
        }
        Duration oldest = from.compareTo(KNOWN_BEFORE) > 0 ? from.minus(KNOWN_BEFORE) : Duration.ZERO;
        List<PriceHistory.Change> changes = new ArrayList<>();
        List<Integer> seenAt = new ArrayList<>();
        for (Duration at = oldest; at.compareTo(to) < 0; at = trace.nextChange(at)) {
            int seen = at.compareTo(from) <= 0
                    ? 0
                    : Math.toIntExact(Math.ceilDiv(at.minus(from).toMillis(), tick.toMillis()));
            changes.add(new PriceHistory.Change(recordedFrom.plus(at), trace.at(at)));
            seenAt.add(seen);
        }
        return new Series(
                trace.zone(),
                perTick,
                List.copyOf(changes),
                seenAt.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InstanceType type() {
        return type;
    }

    @Override
    public List<Zone> zones() {
        return series.stream().map(one -> one.zone).toList();
    }

    @Override
    public int zoneCount() {
        return series.size();
    }

    @Override
    public int ticks() {
        return series.getFirst().perTick.length;
    }

    @Override
    public Instant start() {
        return start;
    }

    @Override
    public int room(int zone, int tick) {
        return price(zone, Math.min(tick, ticks() - 1)) <= limit ? Integer.MAX_VALUE : 0;
    }

    @Override
    public double price(int zone, int tick) {
        return series.get(zone).perTick[tick];
    }

    @Override
    public double onDemandPrice() {
        return onDemandPrice;
    }

    @Override
    public List<PriceHistory.Change> changes(int zone, int tick) {
        Series one = series.get(zone);
        int first = firstSeen(one.seenAt, tick);
        int last = firstSeen(one.seenAt, tick + 1);
        return first == last ? List.of() : one.changes.subList(first, last);
    }

    /** The first change that is seen at this tick or later. */
    private static int firstSeen(int[] seenAt, int tick) {
        int low = 0;
        int high = seenAt.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seenAt[middle] < tick) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Prices tell the zones apart, so there is nothing to deal. */
    @Override
    public PriceMarket shuffled(RandomGenerator random) {
        return this;
    }

    /** At each tick on-demand for the base, and for the others the cheapest zone, or on-demand where that is cheaper. */
    @Override
    public Bound bound(Frame frame) {
        double cheapest = 0;
        for (int tick = 0; tick < ticks(); tick++) {
            double price = onDemandPrice;
            for (Series one : series) {
                price = Math.min(price, one.perTick[tick]);
            }
            cheapest += price / onDemandPrice;
        }
        double share = (double) frame.base() / frame.desired();
        return new Bound("cross-zone-bound", 1, share + (1 - share) * cheapest / ticks());
    }
}
