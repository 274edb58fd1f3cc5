package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.SpotMarket;
import dev.mainstay.backtest.Turn;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Karpenter's way with capacity errors (github.com/aws/karpenter-provider-aws, the cache of unavailable offerings): a refused
 * offering is skipped for three minutes, the next cheapest is taken, on-demand last. Nodes under notice are replaced at once.
 * Consolidation then replaces an on-demand node where a spot one is cheaper, one at a time, launching first.
 *
 * <p>Deviations: pods, and with them bin packing, are left out: every node is needed. Offerings differ in their zone only. Real
 * consolidation waits for the cluster to be stable, and looks every few seconds; here it looks every tick.
 */
final class KarpenterCache implements Policy {
    private static final Duration SKIPPED = Duration.ofMinutes(3);

    private final Map<Integer, Integer> skippedUntil = new HashMap<>();
    private @Nullable Machine replacement;

    @Override
    public void decide(Turn turn) {
        if (replacement != null && (!replacement.alive() || turn.serves(replacement))) {
            if (replacement.alive()) {
                Fleet.onDemand(turn).stream()
                        .max(Comparator.comparingInt(Machine::id))
                        .ifPresent(turn::terminate);
            }
            replacement = null;
        }
        int desired = turn.frame().desired();
        Fleet.onDemand(turn, Math.max(turn.frame().base(), Fleet.onDemand(turn).size()));
        long staying =
                turn.nodes().stream().filter(node -> !node.noticed(turn.tick())).count()
                        - (replacement == null || replacement.noticed(turn.tick()) ? 0 : 1);
        for (long missing = desired - staying; missing > 0; missing--) {
            if (spot(turn).isEmpty()) {
                turn.launchOnDemand(0);
            }
        }
        boolean whole = Fleet.serving(turn, node -> !node.noticed(turn.tick())) >= desired;
        if (replacement == null
                && whole
                && Fleet.onDemand(turn).size() > turn.frame().base()) {
            Optional<Machine> made = spot(turn);
            made.ifPresent(node -> turn.switched());
            replacement = made.orElse(null);
        }
    }

    /** The cheapest offering that is not skipped, and so on until one is made or none is left. */
    private Optional<Machine> spot(Turn turn) {
        SpotMarket market = turn.market();
        for (int zone : IntStream.range(0, market.zoneCount())
                .boxed()
                .filter(zone -> market.price(zone, turn.tick()) < market.onDemandPrice())
                .filter(zone -> skippedUntil.getOrDefault(zone, 0) <= turn.tick())
                .sorted(Comparator.comparingDouble(zone -> market.price(zone, turn.tick())))
                .toList()) {
            Optional<Machine> made = turn.launchSpot(zone);
            if (made.isPresent()) {
                return made;
            }
            skippedUntil.put(zone, turn.tick() + turn.frame().ticks(SKIPPED));
        }
        return Optional.empty();
    }
}
