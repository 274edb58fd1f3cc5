package dev.mainstay.inventory;

import dev.mainstay.cloud.SpotMarket;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final Map<Pool, List<PriceHistory.Change>> known = new HashMap<>();
    private final Map<Pool, PriceHistory> histories = new HashMap<>();
    private @Nullable Instant readUntil;

    PriceReader(ClusterSpec spec, SpotMarket market) {
        this.spec = spec;
        this.market = market;
    }

    Map<Pool, PriceHistory> read(Instant now) {
        if (spec.spot().isEmpty()) {
            return Map.of();
        }
        Instant from = readUntil == null ? now.minus(KEPT) : readUntil.minus(OVERLAP);
        market.prices(
                        Set.copyOf(spec.spot().get().types()),
                        spec.launch().subnets().keySet(),
                        from,
                        now)
                .forEach((pool, changes) -> add(pool, changes, now.minus(KEPT)));
        readUntil = now;
        return Map.copyOf(histories);
    }

    private void add(Pool pool, List<PriceHistory.Change> fresh, Instant oldest) {
        List<PriceHistory.Change> before = known.getOrDefault(pool, List.of());
        if (before.containsAll(fresh)
                && !before.isEmpty()
                && !before.getFirst().at().isBefore(oldest)) {
            return;
        }
        Set<PriceHistory.Change> merged = new LinkedHashSet<>(before);
        merged.addAll(fresh);
        List<PriceHistory.Change> kept = since(oldest, new ArrayList<>(merged));
        PriceHistory.of(kept).ifPresent(history -> {
            known.put(pool, history.changes());
            histories.put(pool, history);
        });
    }

    /** The changes since then, and the one that held at that time. */
    private static List<PriceHistory.Change> since(Instant oldest, List<PriceHistory.Change> changes) {
        changes.sort((a, b) -> a.at().compareTo(b.at()));
        int first = 0;
        while (first + 1 < changes.size() && !changes.get(first + 1).at().isAfter(oldest)) {
            first++;
        }
        return changes.subList(first, changes.size());
    }
}
