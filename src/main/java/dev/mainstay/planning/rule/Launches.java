package dev.mainstay.planning.rule;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.Zone;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the next nodes go: chosen one by one, so that each choice sees the last, and asked for in one call a pool and
 * market. A pool chosen for two reasons tells the first.
 */
final class Launches {
    private final Situation situation;
    private final Draft draft;
    private final Map<Zone, Integer> chosenIn = new LinkedHashMap<>();
    private final Map<Pool, Integer> onDemand = new LinkedHashMap<>();
    private final Map<Pool, Integer> spot = new LinkedHashMap<>();
    private final Map<Pool, Reason> onDemandReasons = new HashMap<>();
    private final Map<Pool, Reason> spotReasons = new HashMap<>();
    /** Wanted there and nowhere else. */
    private final Set<Pool> exactly = new HashSet<>();

    Launches(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
    }

    /** Whether a fresh node of this type starts with launch credits. T1 does too. Source: EC2 User Guide. */
    static boolean endowed(InstanceType type) {
        return type.equals(BurstableType.T1)
                || BurstableType.of(type)
                        .filter(burstable -> burstable.launchCredits() > 0)
                        .isPresent();
    }

    static boolean endowed(ClusterSpec spec, Market market, InstanceType type) {
        return endowed(type) && creditMode(spec, market, type) != CreditMode.UNLIMITED;
    }

    /**
     * The credit mode in which to launch: the type's own. On spot T3 and later may be asked for in standard mode, in which
     * they start with nothing.
     */
    static @Nullable CreditMode creditMode(ClusterSpec spec, Market market, InstanceType type) {
        return BurstableType.of(type)
                .map(BurstableType::defaultMode)
                .map(mode -> mode == CreditMode.UNLIMITED && market == Market.SPOT
                        ? spec.credits().spotMode()
                        : mode)
                .orElse(null);
    }

    /** Chooses the emptiest zone that is not known to refuse; false where every zone and type does. */
    boolean addOnDemand(Reason reason) {
        return addOnDemand(reason, zone -> !situation.sickZone(zone));
    }

    /** The same in one zone, whatever is known of it. */
    boolean addOnDemandIn(Zone wanted, Reason reason) {
        situation.onDemandTypes().forEach(type -> exactly.add(new Pool(type, wanted)));
        return addOnDemand(reason, wanted::equals);
    }

    private boolean addOnDemand(Reason reason, Predicate<Zone> eligible) {
        for (InstanceType type : situation.onDemandTypes()) {
            Optional<Pool> pool = situation.spec().launch().subnets().keySet().stream()
                    .filter(eligible)
                    .map(zone -> new Pool(type, zone))
                    .filter(candidate -> situation.memory().pool(candidate).onDemandOpen(situation.now()))
                    .min(Comparator.comparingInt(candidate -> own(candidate.zone())));
            if (pool.isPresent()) {
                choose(pool.get(), onDemand);
                onDemandReasons.putIfAbsent(pool.get(), reason);
                return true;
            }
        }
        return false;
    }

    /** Chooses the best open spot pool; false where none is open. */
    boolean addSpot(Reason reason) {
        Optional<Pool> pool = situation.spotPools().best(this::own);
        pool.ifPresent(best -> {
            choose(best, spot);
            spotReasons.putIfAbsent(best, reason);
        });
        return pool.isPresent();
    }

    /** Takes this pool, which was chosen before. */
    void addSpotIn(Pool pool, Reason reason) {
        exactly.add(pool);
        choose(pool, spot);
        spotReasons.putIfAbsent(pool, reason);
    }

    /** Drafts a call for each pool chosen. */
    void draft(Role onDemandRole, boolean returning) {
        onDemand.forEach((pool, count) ->
                draft.want(launch(Market.ON_DEMAND, pool, onDemandRole, count, false, reason(onDemandReasons, pool))));
        spot.forEach((pool, count) ->
                draft.want(launch(Market.SPOT, pool, Role.SPOT, count, returning, reason(spotReasons, pool))));
    }

    private static Reason reason(Map<Pool, Reason> reasons, Pool pool) {
        return Objects.requireNonNull(reasons.get(pool));
    }

    private Action.Launch launch(Market market, Pool pool, Role role, int count, boolean returning, Reason reason) {
        List<Pool> choice = situation.spec().launch().by() == LaunchBy.FLEET && !exactly.contains(pool)
                ? choice(market, pool)
                : null;
        List<Pool> pools = choice == null ? List.of(pool) : choice;
        return new Action.Launch(
                null,
                market,
                pool,
                choice,
                role,
                count,
                situation.fallbackVersion(),
                market == Market.SPOT ? situation.spotPools().maxPrice(pool) : null,
                creditMode(situation.spec(), market, pool.type()),
                alone() ? lineageToContinue() : null,
                returning,
                pools.stream().anyMatch(each -> endowed(situation.spec(), market, each.type())),
                reason);
    }

    /** Every open pool that may be asked for in the same way; EC2 knows best which of them has room. */
    private List<Pool> choice(Market market, Pool first) {
        if (market == Market.SPOT) {
            Double limit = situation.spotPools().maxPrice(first);
            // While all of ours are in one other zone that is no choice: its end must not be the cluster's.
            List<Zone> used = situation.spec().launch().subnets().keySet().stream()
                    .filter(zone -> !zone.equals(first.zone()) && own(zone) > 0)
                    .toList();
            boolean crowded = used.size() == 1 && draft.countedIn(first.zone()) == 0;
            return situation.spotPools().open().stream()
                    .filter(pool -> !crowded || !pool.zone().equals(used.getFirst()))
                    .filter(pool -> Objects.equals(limit, situation.spotPools().maxPrice(pool)))
                    .toList();
        }
        return situation.onDemandTypes().stream()
                .flatMap(type -> situation.spec().launch().subnets().keySet().stream()
                        .filter(zone -> !situation.sickZone(zone))
                        .sorted(Comparator.comparingInt(this::own))
                        .map(zone -> new Pool(type, zone)))
                .filter(pool -> situation.memory().pool(pool).onDemandOpen(situation.now()))
                .toList();
    }

    /** Whether one node is launched, and no other in this pass. */
    private boolean alone() {
        int chosen = Stream.concat(onDemand.values().stream(), spot.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
        return chosen == 1 && draft.newlyLaunched() == 0;
    }

    /**
     * The lineage of the one node that goes and that nobody has replaced yet, where there is just one. Where there are
     * several, it is found out when the new nodes are seen: a call carries one tag for all of its nodes.
     */
    private @Nullable String lineageToContinue() {
        Set<String> continued = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (Standing node : situation.nodes()) {
            if (node.exists()) {
                (draft.isCondemned(node) ? open : continued).add(node.lineage());
            }
        }
        open.removeAll(continued);
        return open.size() == 1 ? open.iterator().next() : null;
    }

    private void choose(Pool pool, Map<Pool, Integer> chosen) {
        chosen.merge(pool, 1, Integer::sum);
        chosenIn.merge(pool.zone(), 1, Integer::sum);
    }

    private int own(Zone zone) {
        return draft.countedIn(zone) + chosenIn.getOrDefault(zone, 0);
    }
}
