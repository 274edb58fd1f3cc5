package dev.mainstay.planning.rule;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.Role;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.PoolMemory;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * For a node that is given up in favour of {@code fallback-type}, one of that type is launched on the same market; where
 * spot does not have it, or the base is missing on-demand nodes, on-demand. Where nobody has it, the other rules fill the gap with what there is.
 */
final class LaunchPromoted implements Rule {
    @Override
    public RuleName name() {
        return RuleName.LAUNCH_PROMOTED;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        InstanceType fallback = situation.spec().credits().fallbackType();
        if (fallback == null) {
            return;
        }
        Set<String> continued = new HashSet<>();
        situation.nodes().stream()
                .filter(node -> node.exists() && !draft.isCondemned(node))
                .forEach(node -> continued.add(node.lineage()));
        int underWay = situation.memory().intents().values().stream()
                .filter(intent -> promotes(intent, fallback))
                .mapToInt(situation.memory()::unseen)
                .sum();
        for (Standing node : situation.nodes()) {
            if (!(draft.condemnation(node).orElse(null) instanceof Reason.Remedied remedied)
                    || remedied.remedy() != Remedy.PROMOTE
                    || !node.exists()
                    || continued.contains(node.lineage())) {
                continue;
            }
            if (underWay > 0) {
                underWay--;
                continue;
            }
            place(node, fallback, situation, draft)
                    .ifPresent(place -> draft.want(launch(place, node, remedied, situation)));
        }
    }

    private record Place(Market market, Pool pool) {}

    private static Optional<Place> place(Standing node, InstanceType type, Situation situation, Draft draft) {
        boolean baseMissing =
                draft.countedOnDemand() < situation.spec().capacity().onDemandBase();
        Optional<Pool> spot = node.market() == Market.SPOT && !baseMissing
                ? pool(type, Market.SPOT, situation, draft)
                : Optional.empty();
        return spot.map(pool -> new Place(Market.SPOT, pool))
                .or(() ->
                        pool(type, Market.ON_DEMAND, situation, draft).map(pool -> new Place(Market.ON_DEMAND, pool)));
    }

    private static Optional<Pool> pool(InstanceType type, Market market, Situation situation, Draft draft) {
        return situation.spec().launch().subnets().keySet().stream()
                .map(zone -> new Pool(type, zone))
                .filter(pool -> open(situation.memory().pool(pool), market, situation))
                .min(Comparator.comparingInt(pool -> draft.countedIn(pool.zone())));
    }

    private static boolean open(PoolMemory pool, Market market, Situation situation) {
        if (market == Market.ON_DEMAND) {
            return pool.onDemandOpen(situation.now());
        }
        boolean refused = pool.refusedUntil() != null && pool.refusedUntil().isAfter(situation.now());
        boolean lost = pool.lostUntil() != null && pool.lostUntil().isAfter(situation.now());
        return !refused && !lost;
    }

    private static Action.Launch launch(Place place, Standing node, Reason reason, Situation situation) {
        boolean priced = situation.observation().prices().containsKey(place.pool());
        var onDemand = situation.onDemandPrice(place.pool().type());
        return new Action.Launch(
                null,
                place.market(),
                place.pool(),
                place.market() == Market.SPOT ? Role.SPOT : Role.BASE,
                1,
                situation.fallbackVersion(),
                place.market() == Market.SPOT && !priced && onDemand.isPresent()
                        ? Double.valueOf(onDemand.getAsDouble())
                        : null,
                Launches.creditMode(
                        situation.spec(), place.market(), place.pool().type()),
                node.lineage(),
                false,
                Launches.endowed(situation.spec(), place.market(), place.pool().type()),
                reason);
    }

    private static boolean promotes(Intent intent, InstanceType fallback) {
        return intent.action() instanceof Action.Launch launch
                && launch.pool().type().equals(fallback)
                && launch.reason() instanceof Reason.Remedied;
    }
}
