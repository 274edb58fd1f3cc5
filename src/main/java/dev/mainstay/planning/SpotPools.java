package dev.mainstay.planning;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The spot pools that the cluster may use: which are open, and which open one is best.
 *
 * <p>Two signals, for two eras. Capacity: a pool is closed for a while after a refusal, a notice or a loss there, and what
 * happened in it is remembered for weeks. Price: only where a pool's price has crossed on-demand, or moved by more than a
 * fifth within a day, in its known history. There it closes above the limit, and opens once the price has held below it, by
 * a margin, for a time. Where most pools are of that kind the price chooses among them; elsewhere it is only a weight.
 */
public final class SpotPools {
    private static final double RESTLESS_MOVE = 0.20;

    /** What one of our own nodes in the zone weighs against a usual pool's hazard of 1: it spreads the cluster. */
    private static final double WEIGHT_OF_OWN = 0.3;

    /** What trouble a moment ago weighs; it fades over a day. Source of both weights: docs/decisions/0005. */
    private static final double WEIGHT_OF_TROUBLE = 3;

    private static final Duration TROUBLE_FADES = Duration.ofHours(24);

    /** What a price as high as on-demand weighs. */
    private static final double WEIGHT_OF_PRICE = 1;

    /** What EC2's recommendation to leave weighs: as much as a hazard twice the usual. */
    private static final double WEIGHT_OF_HINT = 1;

    /** A pool that was better for less than this may only have blinked. */
    private static final Duration LASTING = Duration.ofMinutes(5);

    private final Map<Pool, State> pools;
    private final Instant now;
    private final boolean bidEra;

    /** With no more in each zone, the end of any one of them leaves the floor. */
    private final int mostInAZone;

    /** The lowest on-demand price of the cluster's spot types, in which prices are compared; 0 where none is known. */
    private final double unit;

    /** What a pool of unknown price is taken to cost: no more and no less than the others on average. */
    private final double usualPrice;

    private final double usualBid;

    /**
     * A pool as the market now is.
     *
     * @param closure null: open
     * @param priceRatio the spot price over the lowest on-demand price of the cluster's spot types; null where unknown
     * @param bid what it is worth where price is the whole market; null where the price is unknown
     * @param bidding whether its price ever behaved as in the bid era
     * @param maxPrice the limit to send with a launch; null: none
     * @param refusedLast whether the last launch there was refused
     * @param refusing the same, and not long ago
     * @param hazard how often spot is lost or refused there against what is usual
     * @param hinted whether EC2 recommends to leave it
     * @param history its prices; null where unknown
     */
    private record State(
            @Nullable Closure closure,
            @Nullable Double priceRatio,
            @Nullable Double bid,
            boolean bidding,
            @Nullable Double maxPrice,
            boolean refusedLast,
            boolean refusing,
            @Nullable Instant lastTrouble,
            double hazard,
            boolean hinted,
            @Nullable PriceHistory history) {}

    private SpotPools(Map<Pool, State> pools, int mostInAZone, Instant now, double unit) {
        this.mostInAZone = mostInAZone;
        this.pools = pools;
        this.unit = unit;
        this.now = now;
        this.usualPrice = usual(State::priceRatio);
        this.usualBid = usual(State::bid);
        List<State> known =
                pools.values().stream().filter(state -> state.bid() != null).toList();
        long bidding = known.stream().filter(State::bidding).count();
        this.bidEra = 2 * bidding > known.size();
    }

    private double usual(Function<State, @Nullable Double> figure) {
        return pools.values().stream()
                .map(figure)
                .flatMap(Stream::ofNullable)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(1);
    }

    static SpotPools of(ClusterSpec spec, Observation observation, Memory memory, Instant now, Catalog catalog) {
        Map<Pool, State> pools = new LinkedHashMap<>();
        OptionalDouble unit = spec.spot().stream()
                .flatMap(spot -> spot.types().stream())
                .map(type -> catalog.onDemandUsdPerHour(spec.region(), type))
                .flatMapToDouble(OptionalDouble::stream)
                .min();
        spec.spot().ifPresent(spot -> {
            List<Pool> all = spot.types().stream()
                    .flatMap(type -> spec.launch().subnets().keySet().stream().map(zone -> new Pool(type, zone)))
                    .toList();
            Map<Pool, Double> hazards = Hazard.of(all, memory, now);
            Set<Pool> hinted = Rebalance.hinted(observation, now);
            for (Pool pool : all) {
                PriceHistory history = observation.prices().get(pool);
                OptionalDouble onDemand = catalog.onDemandUsdPerHour(spec.region(), pool.type());
                PoolMemory known = memory.pool(pool);
                Double limit = limit(spot, onDemand);
                pools.put(
                        pool,
                        new State(
                                sickZone(memory, pool.zone())
                                        ? new Closure(Closure.Cause.SICK_ZONE, null)
                                        : closure(spot, onDemand, limit, history, known, now),
                                history == null || unit.isEmpty()
                                        ? null
                                        : Double.valueOf(history.latest() / unit.getAsDouble()),
                                history == null || unit.isEmpty()
                                        ? null
                                        : Double.valueOf(BidScore.of(history, unit.getAsDouble(), now)),
                                history != null && bidEra(history, onDemand),
                                // With a known price a limit only adds interruptions; with an unknown one it is all
                                // that protects.
                                history == null ? limit : null,
                                known.backOff() != null,
                                known.refusing(now),
                                known.lastTrouble(),
                                hazards.getOrDefault(pool, 1.0),
                                hinted.contains(pool),
                                history));
            }
        });
        int mostInAZone =
                Math.max(1, spec.capacity().desired() - spec.capacity().min());
        return new SpotPools(pools, mostInAZone, now, unit.orElse(0));
    }

    /** Whether everyone in the zone is sick, and nobody elsewhere. */
    static boolean sickZone(Memory memory, Zone zone) {
        Canary canary = memory.canary();
        return canary != null && canary.holds() && zone.equals(canary.zone());
    }

    private static @Nullable Double limit(ClusterSpec.Spot spot, OptionalDouble onDemand) {
        return spot.maxPrice() != null
                ? spot.maxPrice()
                : onDemand.isPresent() ? Double.valueOf(onDemand.getAsDouble()) : null;
    }

    private static boolean bidEra(PriceHistory history, OptionalDouble onDemand) {
        boolean crossed = onDemand.isPresent() && history.highest() > onDemand.getAsDouble();
        return crossed || history.widestDailyMove() > RESTLESS_MOVE;
    }

    private static @Nullable Closure closure(
            ClusterSpec.Spot spot,
            OptionalDouble onDemand,
            @Nullable Double limit,
            @Nullable PriceHistory history,
            PoolMemory memory,
            Instant now) {
        if (memory.refusedUntil() != null && memory.refusedUntil().isAfter(now)) {
            return new Closure(Closure.Cause.REFUSED, memory.refusedUntil());
        }
        if (memory.lostUntil() != null && memory.lostUntil().isAfter(now)) {
            return new Closure(Closure.Cause.LOST, memory.lostUntil());
        }
        if (history == null || limit == null) {
            return null;
        }
        if (!bidEra(history, onDemand) && history.latest() <= limit) {
            return null;
        }
        return history.closedUntil(limit, limit * (1 - spot.returnMargin()), spot.returnAfter(), now)
                .map(until -> new Closure(Closure.Cause.EXPENSIVE, until.equals(Instant.MAX) ? null : until))
                .orElse(null);
    }

    /** Whether there is no pool in which spot may be asked for now. */
    public boolean allClosed() {
        return pools.values().stream().allMatch(state -> state.closure() != null);
    }

    public boolean none() {
        return pools.isEmpty();
    }

    /** Whether price is the whole market: in most pools whose price is known it behaved as in the bid era. */
    public boolean bidEra() {
        return bidEra;
    }

    /** When the first closed pool opens, as far as that is known. */
    public Optional<Instant> opensAt() {
        return pools.values().stream()
                .map(State::closure)
                .flatMap(Stream::ofNullable)
                .map(Closure::until)
                .flatMap(Stream::ofNullable)
                .min(Instant::compareTo);
    }

    /** The pools of types whose on-demand price is unknown, so that no limit can be sent with a launch. */
    public List<Pool> withoutLimit() {
        return pools.entrySet().stream()
                .filter(entry ->
                        entry.getValue().history() == null && entry.getValue().maxPrice() == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The limit to send with a launch in this pool, in USD per hour; null: none. */
    public @Nullable Double maxPrice(Pool pool) {
        State state = pools.get(pool);
        return state == null ? null : state.maxPrice();
    }

    /** Whether spot was refused, lost or announced lost there so lately. */
    public boolean restless(Pool pool, Duration lately) {
        State state = pools.get(pool);
        return state != null
                && state.lastTrouble() != null
                && state.lastTrouble().plus(lately).isAfter(now);
    }

    /** Every pool where spot is not to be had, or was refused when it was last asked for, and why. */
    public List<Reason.PoolState> closed() {
        List<Reason.PoolState> closed = new ArrayList<>();
        pools.forEach((pool, state) -> {
            Closure closure = state.closure();
            if (closure != null) {
                closed.add(new Reason.PoolState(pool, closure));
            } else if (state.refusedLast()) {
                closed.add(new Reason.PoolState(pool, new Closure(Closure.Cause.REFUSED, null)));
            }
        });
        return closed;
    }

    /**
     * The open pool where the next node belongs: calm, cheap and with few of our own. While all of our nodes are in one
     * zone, an open pool in another is taken whatever it costs: one zone's end must not be the cluster's. Nor is a zone
     * filled, where another is open, until its end alone would take the cluster under its floor.
     *
     * @param own how many nodes of ours count in each zone
     */
    public Optional<Pool> best(ToIntFunction<Zone> own) {
        return best(own, pool -> true);
    }

    /** Every open pool, best first; those that refused lately last. */
    public List<Pool> open() {
        return pools.keySet().stream()
                .filter(pool -> state(pool).closure() == null)
                .sorted(Comparator.<Pool, Boolean>comparing(pool -> state(pool).refusing())
                        .thenComparingDouble(this::burden)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The best open pool of those eligible. */
    public Optional<Pool> best(ToIntFunction<Zone> own, Predicate<Pool> eligible) {
        List<Zone> used = pools.keySet().stream()
                .map(Pool::zone)
                .distinct()
                .filter(zone -> own.applyAsInt(zone) > 0)
                .toList();
        Optional<Pool> elsewhere = used.size() == 1
                ? lowest(own, eligible.and(pool -> !pool.zone().equals(used.getFirst())))
                : Optional.empty();
        return elsewhere.isPresent() ? elsewhere : lowest(own, eligible);
    }

    private Optional<Pool> lowest(ToIntFunction<Zone> own, Predicate<Pool> eligible) {
        return pools.keySet().stream()
                .filter(pool -> state(pool).closure() == null && eligible.test(pool))
                .min(Comparator
                        // One that just refused is empty of ours for that very reason: it is not tried first for it.
                        .<Pool, Boolean>comparing(pool -> state(pool).refusing())
                        .thenComparing(pool -> own.applyAsInt(pool.zone()) >= mostInAZone)
                        .thenComparingDouble(pool -> score(pool, own.applyAsInt(pool.zone())))
                        .thenComparingInt(pool -> own.applyAsInt(pool.zone())));
    }

    /** How little a pool is wanted while so many of our own nodes are in its zone. */
    private double score(Pool pool, int own) {
        return bidEra ? burden(pool) : burden(pool) + WEIGHT_OF_OWN * own;
    }

    /** How little a pool is wanted, whoever is there: by its price in the bid era, by its hazard first in the calm one. */
    public double burden(Pool pool) {
        State state = pools.get(pool);
        if (state == null) {
            return Double.MAX_VALUE; // the config no longer names it
        }
        if (bidEra) {
            return state.bid() == null ? usualBid : state.bid();
        }
        double trouble = 0;
        if (state.lastTrouble() != null) {
            double calm = Duration.between(state.lastTrouble(), now).toSeconds();
            trouble = WEIGHT_OF_TROUBLE * Math.exp(-Math.max(0, calm) / TROUBLE_FADES.toSeconds());
        }
        double price = state.priceRatio() == null ? usualPrice : state.priceRatio();
        return state.hazard() + trouble + WEIGHT_OF_PRICE * price + (state.hinted() ? WEIGHT_OF_HINT : 0);
    }

    /**
     * By how much the second pool has been better than the first without a break for five minutes, in units of an on-demand
     * price: the least of it. Reckoned from AWS's own history, so that it needs no watching.
     */
    public double lastingGain(Pool from, Pool to) {
        PriceHistory dear = history(from);
        PriceHistory cheap = history(to);
        if (dear == null || cheap == null || unit == 0) {
            return 0;
        }
        Instant since = now.minus(LASTING);
        return Stream.concat(
                        Stream.of(since, now),
                        Stream.of(dear, cheap)
                                .flatMap(history -> history.changes().reversed().stream()
                                        .map(PriceHistory.Change::at)
                                        .takeWhile(at -> at.isAfter(since) && !at.isAfter(now))))
                .mapToDouble(at -> BidScore.of(dear, unit, at) - BidScore.of(cheap, unit, at))
                .min()
                .orElse(0);
    }

    private @Nullable PriceHistory history(Pool pool) {
        State state = pools.get(pool);
        return state == null ? null : state.history();
    }

    private State state(Pool pool) {
        return Objects.requireNonNull(pools.get(pool));
    }
}
