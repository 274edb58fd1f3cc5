package dev.mainstay.planning.rule;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.catalog.TypeFacts;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Node;
import dev.mainstay.credits.BreakEven;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.credits.CreditAccount;
import dev.mainstay.credits.Forecast;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Exhaustion;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.RuleName;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Says whose CPU credits end soon, what unlimited mode costs, and where another type would do the same for less. In
 * unlimited mode a balance of zero is a cost and no trouble.
 */
final class ReportCredits implements Rule {
    /** Early enough that a person can still do something. */
    private static final Duration SOON = Duration.ofMinutes(30);

    /** A busy day is no reason to change the type; a day without a pause is. */
    private static final Duration SUSTAINED = Duration.ofHours(24);

    @Override
    public RuleName name() {
        return RuleName.REPORT_CREDITS;
    }

    @Override
    public void apply(Situation situation, Draft draft) {
        reportLow(situation, draft);
        reportSurplus(situation, draft);
        Map<InstanceType, Optional<InstanceType>> others = new HashMap<>();
        for (Standing node : situation.nodes()) {
            InstanceType type = node.memory().instance().type();
            if (node.inService() && node.onDemand() && BurstableType.of(type).isPresent()) {
                others.computeIfAbsent(type, each -> other(each, situation))
                        .ifPresent(other -> reportDear(node, other, situation, draft));
            }
        }
    }

    private static void reportLow(Situation situation, Draft draft) {
        situation.nodes().stream()
                .filter(node -> node.inService() && low(node, situation))
                .min(Comparator.comparing(node -> Objects.requireNonNull(node.exhaustsAt())))
                .ifPresent(node -> {
                    Forecast forecast = Objects.requireNonNull(node.forecast());
                    draft.report(
                            ConditionName.CREDITS_LOW,
                            new Reason.CreditsEnd(
                                    node.id(),
                                    forecast.balance(),
                                    forecast.earliest(),
                                    Objects.requireNonNull(forecast.expected()),
                                    forecast.latest()));
                });
    }

    private static boolean low(Standing node, Situation situation) {
        Instant now = situation.now();
        if (node.forecast() == null || !node.forecast().endsBefore(now.plus(SOON))) {
            return false;
        }
        boolean fresh = node.sight()
                .flatMap(
                        seen -> BurstableType.of(seen.instance().type()).map(type -> Exhaustion.fresh(seen, type, now)))
                .orElse(true);
        return !fresh;
    }

    private static void reportSurplus(Situation situation, Draft draft) {
        int nodes = 0;
        double usdPerHour = 0;
        double owed = 0;
        for (Standing node : situation.nodes()) {
            CreditReading reading = node.exists() ? unlimited(node, situation) : null;
            Optional<BurstableType> type =
                    BurstableType.of(node.memory().instance().type());
            if (reading == null || type.isEmpty() || reading.balance() == null || reading.balance() > 0) {
                continue;
            }
            double percent =
                    Forecast.sustainedPercent(type.get(), reading.recent()).orElse(0.0);
            double costs = BreakEven.surplusUsdPerHour(type.get(), type.get().creditsPerMinute(percent) * 60);
            double owes = reading.surplus() == null ? 0 : reading.surplus() * CreditAccount.USD_PER_CREDIT;
            if (costs > 0 || owes > 0) {
                nodes++;
                usdPerHour += costs;
                owed += owes;
            }
        }
        if (nodes > 0) {
            draft.report(ConditionName.SURPLUS_CREDITS, new Reason.SurplusCost(nodes, usdPerHour, owed));
        }
    }

    private static @Nullable CreditReading unlimited(Standing node, Situation situation) {
        CreditReading reading = node.sight().map(Node::credits).orElse(null);
        boolean unlimited = node.seen() != null
                && Exhaustion.mode(node.seen(), node.memory(), situation.now())
                        .filter(mode -> mode == CreditMode.UNLIMITED)
                        .isPresent();
        return unlimited && reading != null && !reading.stale(situation.now()) ? reading : null;
    }

    /** The type that would carry the same: the fallback type, else the cheapest that always runs at full speed. */
    private static Optional<InstanceType> other(InstanceType type, Situation situation) {
        InstanceType fallback = situation.spec().credits().fallbackType();
        Catalog catalog = situation.catalog();
        if (fallback != null) {
            return fallback.equals(type) ? Optional.empty() : Optional.of(fallback);
        }
        Optional<TypeFacts> wanted = catalog.facts(type);
        return catalog.types().stream()
                .filter(each -> BurstableType.of(each).isEmpty() && !each.equals(BurstableType.T1))
                .filter(each -> wanted.isPresent()
                        && catalog.facts(each)
                                .filter(facts -> carries(facts, wanted.get()))
                                .isPresent()
                        && situation.onDemandPrice(each).isPresent())
                .min(Comparator.comparingDouble(
                        each -> situation.onDemandPrice(each).orElseThrow()));
    }

    private static boolean carries(TypeFacts facts, TypeFacts wanted) {
        return facts.architecture() == wanted.architecture()
                && facts.vcpus() >= wanted.vcpus()
                && facts.memoryGib() >= wanted.memoryGib();
    }

    private static void reportDear(Standing node, InstanceType other, Situation situation, Draft draft) {
        BurstableType type = BurstableType.of(node.memory().instance().type()).orElseThrow();
        CreditReading reading = unlimited(node, situation);
        OptionalDouble usd = situation.onDemandPrice(type.type());
        OptionalDouble otherUsd = situation.onDemandPrice(other);
        if (reading == null || usd.isEmpty() || otherUsd.isEmpty()) {
            return;
        }
        OptionalDouble even = BreakEven.sustainedPercent(
                type,
                usd.getAsDouble(),
                otherUsd.getAsDouble(),
                BurstableType.of(other).orElse(null));
        Optional<Double> sustained = Forecast.sustainedPercent(type, reading.recent());
        if (even.isEmpty() || sustained.isEmpty() || sustained.get() <= even.getAsDouble()) {
            return;
        }
        Reason dear = new Reason.BurstableTooDear(type.type(), sustained.get(), even.getAsDouble(), other);
        Instant since = node.memory().credits().dearSince();
        Instant told = (since == null ? situation.now() : since).plus(SUSTAINED);
        draft.waits(node, dear, told);
        if (!told.isAfter(situation.now())) {
            draft.report(ConditionName.WRONG_INSTANCE_TYPE, dear);
        }
    }
}
