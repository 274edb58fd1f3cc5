package dev.mainstay.inventory;

import dev.mainstay.cloud.SpotMarket;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps thirty days of each pool's prices, and asks AWS only for what came since it last asked. */
final class PriceReader {
    private static final Duration KEPT = Duration.ofDays(30);
    /** AWS may report a change late: the last hour is asked for again. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final ClusterSpec spec;
    private final SpotMarket market;
    private final Map<Pool, PriceHistory> histories = new HashMap<>();
    private @Nullable Instant readUntil;

    PriceReader(ClusterSpec spec, SpotMarket market) {
        this.spec = spec;
        this.market = market;
    }

    /** Those that are launched on spot: an exhausted node may be replaced by one of the fallback type. */
    private Set<InstanceType> types(ClusterSpec.Spot spot) {
        Set<InstanceType> types = new HashSet<>(spot.types());
        if (spec.credits().fallbackType() != null) {
            types.add(spec.credits().fallbackType());
        }
        return types;
    }

    /** @param there the pools of nodes that a group launched, and whose prices are worth knowing for that */
    Map<Pool, PriceHistory> read(Instant now, Set<Pool> there) {
        Set<InstanceType> types = new HashSet<>();
        spec.spot().ifPresent(spot -> types.addAll(types(spot)));
        Set<Zone> zones = new HashSet<>(spec.launch().subnets().keySet());
        there.forEach(pool -> {
            types.add(pool.type());
            zones.add(pool.zone());
        });
        if (types.isEmpty() || zones.isEmpty()) {
            return Map.of();
        }
        Instant from = readUntil == null ? now.minus(KEPT) : readUntil.minus(OVERLAP);
        market.prices(types, zones, from, now)
                .forEach((pool, changes) -> histories.compute(
                        pool,
                        (key, known) -> known == null
                                ? PriceHistory.of(changes).orElse(null)
                                : known.with(changes, now.minus(KEPT))));
        readUntil = now;
        return Map.copyOf(histories);
    }
}
