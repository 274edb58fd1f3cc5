package dev.mainstay.planning;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the cluster's machines cost, in USD per hour; compute only. */
public final class Bill {
    /** An unknown price counts as the dearest known on-demand price of the cluster's types, and half as much again. */
    private static final double UNKNOWN_COSTS = 1.5;

    private final Situation situation;

    public Bill(Situation situation) {
        this.situation = situation;
    }

    /** Now, where it was ever seen and every price is known, beside {@code desired} on-demand nodes. */
    Plan.Cost now() {
        Double total = situation.memory().seen() == null ? null : Double.valueOf(0);
        for (Standing node : situation.nodes()) {
            Instance instance = node.memory().instance();
            OptionalDouble price = node.exists() ? price(instance.market(), instance.pool()) : OptionalDouble.of(0);
            total = total == null || price.isEmpty() ? null : Double.valueOf(total + price.getAsDouble());
        }
        OptionalDouble onDemand = situation.onDemandTypes().isEmpty()
                ? OptionalDouble.empty()
                : situation.onDemandPrice(situation.onDemandTypes().getFirst());
        @Nullable
        Double allOnDemand = onDemand.isEmpty()
                ? null
                : Double.valueOf(
                        onDemand.getAsDouble() * situation.spec().capacity().desired());
        return new Plan.Cost(total, allOnDemand);
    }

    /** Of all that exists, with unknown prices estimated on the high side. */
    public double estimate() {
        return situation.nodes().stream()
                .filter(Standing::exists)
                .mapToDouble(node -> estimate(
                        node.memory().instance().market(),
                        node.memory().instance().pool()))
                .sum();
    }

    public double estimate(Market market, Pool pool) {
        return price(market, pool).orElse(UNKNOWN_COSTS * dearest());
    }

    public boolean known(Market market, Pool pool) {
        return price(market, pool).isPresent();
    }

    private OptionalDouble price(Market market, Pool pool) {
        if (market == Market.ON_DEMAND) {
            return situation.onDemandPrice(pool.type());
        }
        PriceHistory history = situation.observation().prices().get(pool);
        return history == null ? OptionalDouble.empty() : OptionalDouble.of(history.latest());
    }

    private double dearest() {
        return situation.onDemandTypes().stream()
                .map(situation::onDemandPrice)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max()
                .orElse(0);
    }
}
