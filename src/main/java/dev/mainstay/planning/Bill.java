package dev.mainstay.planning;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.credits.BreakEven;
import dev.mainstay.credits.BurstableType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster's machines cost, in USD per hour: compute, and the surplus credits of unlimited mode. Estimates are on
 * the high side. One for each plan, and used by one thread only: it keeps what it has added up.
 */
public final class Bill {
    /** An unknown price counts as the dearest of its family, and half as much again. */
    private static final double UNKNOWN_COSTS = 1.5;

    private static final int SAMPLES_AN_HOUR = 12;

    private final Situation situation;
    private @Nullable Double existing;
    private int added;
    private double drafted;

    public Bill(Situation situation) {
        this.situation = situation;
    }

    /** Now, where it was ever seen and every price is known, beside {@code desired} on-demand nodes. */
    Plan.Cost now() {
        Double total = situation.memory().seen() == null ? null : Double.valueOf(0);
        for (Standing node : situation.nodes()) {
            Instance instance = node.memory().instance();
            OptionalDouble price = paid(node) ? price(instance.market(), instance.pool()) : OptionalDouble.of(0);
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
        return new Plan.Cost(total, allOnDemand, month());
    }

    /** The month so far; null where nobody set a cap for it. Without a tally, what exists is taken to have run all along. */
    public @Nullable MonthToDate month() {
        if (situation.spec().guards().usdPerMonth() == null) {
            return null;
        }
        MonthToDate known = situation.memory().month();
        if (known != null) {
            return known.at(situation.now(), estimate());
        }
        Instant begun = MonthToDate.begin(situation.now());
        double usd = situation.nodes().stream()
                .mapToDouble(node -> {
                    Instant launched = node.memory().instance().launchedAt();
                    Duration ran = Duration.between(launched.isAfter(begun) ? launched : begun, situation.now());
                    return Math.max(0, MonthToDate.hours(ran)) * estimate(node);
                })
                .sum();
        return new MonthToDate(situation.now(), usd, estimate());
    }

    /** Of all that exists. */
    public double estimate() {
        if (existing == null) {
            existing = situation.nodes().stream().mapToDouble(this::estimate).sum();
        }
        return existing;
    }

    /** Of what is here to stay: without those that are on their way out. */
    public double staying(Draft draft) {
        return situation.nodes().stream()
                .filter(draft::isCounted)
                .mapToDouble(this::estimate)
                .sum();
    }

    /** Of what a draft adds: launches, and switches to unlimited mode. The list only ever grows. */
    public double added(List<Action> assumed) {
        for (; added < assumed.size(); added++) {
            drafted += estimate(assumed.get(added));
        }
        return drafted;
    }

    /** What an action adds. */
    public double estimate(Action action) {
        return switch (action) {
            case Action.Launch launch
            when launch.resend() == null ->
                launch.count()
                        * launch.pools().stream()
                                .mapToDouble(pool -> estimate(launch.market(), pool))
                                .max()
                                .orElse(0);
            case Action.SetCreditMode change when change.mode() == CreditMode.UNLIMITED -> mostSurplus(change);
            case Action.Launch _,
                    Action.Register _,
                    Action.Deregister _,
                    Action.Terminate _,
                    Action.SetCreditMode _,
                    Action.EnterStandby _,
                    Action.ExitStandby _,
                    Action.SetGroupSize _,
                    Action.CompleteHook _ -> 0;
        };
    }

    public double estimate(Market market, Pool pool) {
        return price(market, pool).orElseGet(() -> UNKNOWN_COSTS * dearest(market, pool));
    }

    public boolean known(Market market, Pool pool) {
        return price(market, pool).isPresent();
    }

    private double estimate(Standing node) {
        Instance instance = node.memory().instance();
        return paid(node) ? estimate(instance.market(), instance.pool()) + surplus(node) : 0;
    }

    /** A stopped instance costs no compute. */
    private static boolean paid(Standing node) {
        return node.exists() && node.memory().instance().state() != InstanceState.STOPPED;
    }

    private OptionalDouble price(Market market, Pool pool) {
        if (market == Market.ON_DEMAND) {
            return situation.onDemandPrice(pool.type());
        }
        PriceHistory history = situation.observation().prices().get(pool);
        return history == null ? OptionalDouble.empty() : OptionalDouble.of(history.latest());
    }

    /** The type's own on-demand price where spot's is unknown, since spot is launched with that limit; else its family's. */
    private double dearest(Market market, Pool pool) {
        OptionalDouble own = situation.onDemandPrice(pool.type());
        return market == Market.SPOT && own.isPresent()
                ? own.getAsDouble()
                : situation
                        .catalog()
                        .dearestOnDemand(situation.spec().region(), pool.type().family());
    }

    /** What a node in unlimited mode spends beyond what it earns, as of its newest sample, once it has nothing left. */
    private static double surplus(Standing node) {
        return node.sight()
                .filter(seen -> seen.creditMode() == CreditMode.UNLIMITED)
                .map(Node::credits)
                .filter(reading -> reading.balance() != null && reading.balance() <= 0)
                .map(CreditReading::usage)
                .flatMap(usage -> BurstableType.of(node.memory().instance().type())
                        .map(type -> BreakEven.surplusUsdPerHour(type, usage * SAMPLES_AN_HOUR)))
                .orElse(0.0);
    }

    /** A node that is held at its baseline does not show what it would use: at most all of its CPU. */
    private double mostSurplus(Action.SetCreditMode change) {
        return change.subject()
                .map(situation.standings()::get)
                .flatMap(node -> BurstableType.of(node.memory().instance().type()))
                .map(type -> BreakEven.surplusUsdPerHour(type, 60 * type.creditsPerMinute(100)))
                .orElse(0.0);
    }
}
