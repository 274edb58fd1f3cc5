package dev.mainstay.planning;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The spot pools that the cluster may use: which are open, and which open one is best.
 *
 * <p>Two signals, for two eras. Capacity: a pool is closed for a while after a refusal, a notice or a loss there. Price:
 * only where a pool's price has crossed on-demand, or moved by more than a fifth within a day, in its known history. There
 * it closes above the limit, and opens once the price has held below it, by a margin, for a time. Elsewhere the price is
 * only a weight in choosing.
 */
public final class SpotPools {
    private static final double RESTLESS_MOVE = 0.20;

    /** What one of our own nodes in the zone weighs against a price of on-demand: it spreads the cluster. */
    private static final double WEIGHT_OF_OWN = 0.3;

    /** What trouble a moment ago weighs; it fades over a day. Source of both weights: docs/decisions. */
    private static final double WEIGHT_OF_TROUBLE = 3;

    private static final Duration TROUBLE_FADES = Duration.ofHours(24);

    private final Map<Pool, State> pools;
    private final Instant now;

    /** What a pool of unknown price is taken to cost, over on-demand: no more and no less than the others on average. */
    private final double usualRatio;

    /**
     * A pool as the market now is.
     *
     * @param closure null: open
     * @param priceRatio the spot price over the on-demand price; null where either is unknown
     * @param maxPrice the limit to send with a launch; null: none
     * @param refusedLast whether the last launch there was refused
     */
    private record State(
            @Nullable Closure closure,
            @Nullable Double priceRatio,
            @Nullable Double maxPrice,
            boolean refusedLast,
            @Nullable Instant lastTrouble) {
        State closed(Closure.Cause cause) {
            return new State(new Closure(cause, null), priceRatio, maxPrice, refusedLast, lastTrouble);
        }
    }

    private SpotPools(Map<Pool, State> pools, Instant now) {
        this.pools = pools;
        this.now = now;
        this.usualRatio = pools.values().stream()
                .map(State::priceRatio)
                .flatMap(Stream::ofNullable)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(1);
    }

    static SpotPools of(ClusterSpec spec, Observation observation, Memory memory, Instant now, Catalog catalog) {
        Map<Pool, State> pools = new LinkedHashMap<>();
        spec.spot().ifPresent(spot -> {
            for (InstanceType type : spot.types()) {
                OptionalDouble onDemand = catalog.onDemandUsdPerHour(spec.region(), type);
                for (Zone zone : spec.launch().subnets().keySet()) {
                    Pool pool = new Pool(type, zone);
                    State state = state(spot, onDemand, observation.prices().get(pool), memory.pool(pool), now);
                    pools.put(pool, sickZone(memory, zone) ? state.closed(Closure.Cause.SICK_ZONE) : state);
                }
            }
        });
        return new SpotPools(pools, now);
    }

    /** Whether everyone in the zone is sick, and nobody elsewhere. */
    static boolean sickZone(Memory memory, Zone zone) {
        Canary canary = memory.canary();
        return canary != null && canary.holds() && zone.equals(canary.zone());
    }

    private static State state(
            ClusterSpec.Spot spot,
            OptionalDouble onDemand,
            @Nullable PriceHistory history,
            PoolMemory memory,
            Instant now) {
        Double limit = spot.maxPrice() != null
                ? spot.maxPrice()
                : onDemand.isPresent() ? Double.valueOf(onDemand.getAsDouble()) : null;
        Double ratio = history == null || onDemand.isEmpty() ? null : history.latest() / onDemand.getAsDouble();
        return new State(
                closure(spot, onDemand, limit, history, memory, now),
                ratio,
                // With a known price a limit only adds interruptions; with an unknown one it is all that protects.
                history == null || spot.maxPrice() != null ? limit : null,
                memory.backOff() != null,
                memory.lastTrouble());
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
        boolean crossed = onDemand.isPresent() && history.highest() > onDemand.getAsDouble();
        boolean bidEra = crossed || history.widestDailyMove() > RESTLESS_MOVE;
        if (!bidEra && history.latest() <= limit) {
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

    /** The limit to send with a launch in this pool, in USD per hour; null: none. */
    public @Nullable Double maxPrice(Pool pool) {
        State state = pools.get(pool);
        return state == null ? null : state.maxPrice();
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
     * zone, an open pool in another is taken whatever it costs: one zone's end must not be the cluster's.
     *
     * @param own how many nodes of ours count in each zone
     */
    public Optional<Pool> best(ToIntFunction<Zone> own) {
        List<Zone> used = pools.keySet().stream()
                .map(Pool::zone)
                .distinct()
                .filter(zone -> own.applyAsInt(zone) > 0)
                .toList();
        Optional<Pool> elsewhere =
                used.size() == 1 ? best(own, pool -> !pool.zone().equals(used.getFirst())) : Optional.empty();
        return elsewhere.isPresent() ? elsewhere : best(own, pool -> true);
    }

    private Optional<Pool> best(ToIntFunction<Zone> own, Predicate<Pool> eligible) {
        Pool best = null;
        double lowest = Double.MAX_VALUE;
        for (Map.Entry<Pool, State> entry : pools.entrySet()) {
            Pool pool = entry.getKey();
            if (entry.getValue().closure() != null || !eligible.test(pool)) {
                continue;
            }
            double score = score(entry.getValue(), own.applyAsInt(pool.zone()));
            if (score < lowest) {
                lowest = score;
                best = pool;
            }
        }
        return Optional.ofNullable(best);
    }

    private double score(State state, int own) {
        double trouble = 0;
        if (state.lastTrouble() != null) {
            double calm = Duration.between(state.lastTrouble(), now).toSeconds();
            trouble = WEIGHT_OF_TROUBLE * Math.exp(-Math.max(0, calm) / TROUBLE_FADES.toSeconds());
        }
        double price = state.priceRatio() == null ? usualRatio : state.priceRatio();
        return trouble + price + WEIGHT_OF_OWN * own;
    }
}
