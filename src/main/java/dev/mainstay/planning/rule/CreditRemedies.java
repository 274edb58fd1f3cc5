package dev.mainstay.planning.rule;

import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.CreditSample;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Node;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.credits.BreakEven;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.credits.CreditAccount;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.Bill;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Reason.RemedyPrice;
import dev.mainstay.planning.Refusal;
import dev.mainstay.planning.Removal;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Unsuited;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Which remedies would help a node that lacks CPU credits, what each would cost, and what forbids it. */
final class CreditRemedies {
    /** A node at rest is paid for and serves nobody; the others carry its share meanwhile. */
    static final Duration LONGEST_REST = Duration.ofHours(2);

    /** What the others may be at without it, in percent of their CPU. */
    private static final double BUSY_PERCENT = 80;

    /** Changes of a node's credit mode in a day: there and back. */
    static final int FLIPS_A_DAY = 2;

    /** A node whose CPU was never seen this far above its baseline was throttled all the time: what it wants is unknown. */
    private static final double THROTTLED = 1.2;

    private static final List<Remedy> IN_ORDER = List.of(Remedy.REPLACE, Remedy.UNLIMITED, Remedy.REST, Remedy.PROMOTE);

    private final Situation situation;
    private final Draft draft;
    private final Bill bill;
    private final RemediesSoFar soFar;
    private int replacing;

    CreditRemedies(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
        this.bill = new Bill(situation);
        this.soFar = new RemediesSoFar(situation, draft, CreditRemedies::surplus);
    }

    /** The remedies that the config allows, in the order in which they are taken. */
    List<RemedyPrice> compare(Standing node) {
        Remedy wanted = situation.spec().credits().remedy();
        List<RemedyPrice> compared = (wanted == Remedy.AUTO ? IN_ORDER : List.of(wanted))
                .stream().map(remedy -> price(remedy, node)).toList();
        if (compared.stream()
                .filter(price -> price.obstacle() == null)
                .map(RemedyPrice::remedy)
                .findFirst()
                .equals(Optional.of(Remedy.REPLACE))) {
            replacing++;
        }
        return compared;
    }

    private RemedyPrice price(Remedy remedy, Standing node) {
        InstanceType type = node.memory().instance().type();
        Optional<BurstableType> burstable = BurstableType.of(type);
        Optional<Reason> overload = situation.shortages().overload();
        return switch (remedy) {
            case REPLACE ->
                new RemedyPrice(
                        remedy, 0.0, overlap(node, usdPerHour(node)), overload.orElseGet(() -> cannotReplace(type)));
            case UNLIMITED ->
                new RemedyPrice(
                        remedy,
                        burstable.map(known -> surplus(node, known)).orElse(null),
                        0.0,
                        burstable
                                .map(known -> cannotGoUnlimited(node, known))
                                .orElseGet(() -> Optional.of(unsuited(type, Unsuited.NO_UNLIMITED_MODE)))
                                .orElse(null));
            case REST -> {
                Duration takes = burstable.map(known -> restTakes(node, known)).orElse(LONGEST_REST);
                Double usd = usdPerHour(node);
                yield new RemedyPrice(
                        remedy,
                        0.0,
                        usd == null ? null : Double.valueOf(usd * takes.toSeconds() / 3600),
                        overload.orElseGet(() -> cannotRest(node, burstable, takes)));
            }
            case PROMOTE -> {
                Double now = usdPerHour(node);
                Double then = fallbackUsdPerHour(node);
                yield new RemedyPrice(
                        remedy,
                        now == null || then == null ? null : Double.valueOf(then - now),
                        overlap(node, then),
                        overload.orElseGet(() -> cannotPromote(type)));
            }
            case AUTO -> throw new IllegalStateException("auto is a choice of the others");
        };
    }

    private @Nullable Reason cannotReplace(InstanceType type) {
        if (!Launches.endowed(type)) {
            return unsuited(type, Unsuited.STARTS_WITH_NONE);
        }
        int limit = Budget.LAUNCH_CREDIT.limit(situation.spec());
        int used = draft.spent(Budget.LAUNCH_CREDIT) + replacing;
        // Where nothing else is allowed the guard of that name holds it back, so that it is told as such.
        boolean elsewise = situation.spec().credits().remedy() == Remedy.AUTO;
        return elsewise && used >= limit
                ? new Reason.BudgetSpent(
                        Budget.LAUNCH_CREDIT.label(),
                        used,
                        limit,
                        Budget.LAUNCH_CREDIT.window(),
                        situation.memory().freeAt(Budget.LAUNCH_CREDIT, situation.now()))
                : null;
    }

    private Optional<Reason> cannotGoUnlimited(Standing node, BurstableType type) {
        int flips = node.memory().credits().flipsADay(situation.now());
        if (flips >= FLIPS_A_DAY) {
            return Optional.of(new Reason.FlippedTooOften(flips, FLIPS_A_DAY));
        }
        Refusal refused = situation.memory().refusals().get(ActionKind.SET_CREDIT_MODE);
        if (refused != null && refused.holds(situation.now())) {
            return Optional.of(refused.reason());
        }
        Double cap = situation.spec().guards().usdPerHour();
        double then = bill.estimate() + soFar.unlimitedUsdPerHour() + surplus(node, type);
        return cap != null && then > cap ? Optional.of(new Reason.OverSpending(then, cap, true)) : Optional.empty();
    }

    private @Nullable Reason cannotRest(Standing node, Optional<BurstableType> type, Duration takes) {
        InstanceType name = node.memory().instance().type();
        if (type.isEmpty()) {
            return unsuited(name, Unsuited.NO_KNOWN_EARNINGS);
        }
        if (takes.compareTo(LONGEST_REST) > 0) {
            return new Reason.RestTooLong(takes, LONGEST_REST);
        }
        if (node.seen() == null || node.seen().targets().isEmpty()) {
            return unsuited(name, Unsuited.NOT_IN_ROTATION);
        }
        Optional<NodeId> resting = soFar.resting();
        if (resting.isPresent()) {
            return new Reason.AnotherRests(resting.get());
        }
        int floor = Math.max(1, situation.spec().capacity().min());
        if (node.inService() && draft.inServiceAfter() - 1 < floor) {
            return new Reason.AtFloor(draft.inServiceAfter(), floor);
        }
        double load = wanted(node, type.get()) / (type.get().creditsPerMinute(100) * 60) * 100;
        OptionalDouble others = soFar.loadOfOthers(node, load);
        if (others.isEmpty()) {
            return unsuited(name, Unsuited.LOAD_UNKNOWN);
        }
        return others.getAsDouble() > BUSY_PERCENT
                ? new Reason.OthersTooBusy(others.getAsDouble(), BUSY_PERCENT)
                : null;
    }

    private @Nullable Reason cannotPromote(InstanceType type) {
        InstanceType fallback = situation.spec().credits().fallbackType();
        if (fallback == null) {
            return unsuited(type, Unsuited.NO_FALLBACK_TYPE);
        }
        return type.equals(fallback) ? unsuited(type, Unsuited.IS_FALLBACK_TYPE) : null;
    }

    /** What the node would spend if nothing held it back, in credits per hour: the most of late, or all it can. */
    private static double wanted(Standing node, BurstableType type) {
        double most = node.sight().map(Node::credits).map(CreditReading::recent).orElse(List.of()).stream()
                .map(CreditSample::cpuPercent)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double percent = most > THROTTLED * type.baselinePercent() ? most : 100;
        return type.creditsPerMinute(percent) * 60;
    }

    private static double surplus(Standing node) {
        return BurstableType.of(node.memory().instance().type())
                .map(type -> surplus(node, type))
                .orElse(0.0);
    }

    private static double surplus(Standing node, BurstableType type) {
        return BreakEven.surplusUsdPerHour(type, wanted(node, type));
    }

    private Duration restTakes(Standing node, BurstableType type) {
        Double balance =
                node.sight().map(Node::credits).map(CreditReading::balance).orElse(null);
        double missing = situation.spec().credits().resumeAt() - (balance == null ? 0 : balance);
        return Duration.ofSeconds(Math.round(Math.max(0, missing) / type.creditsPerHour() * 3600));
    }

    /** What it costs once that two run side by side, until the old one has drained; and what the old one owes. */
    private @Nullable Double overlap(Standing node, @Nullable Double usdPerHour) {
        if (usdPerHour == null) {
            return null;
        }
        Double surplus =
                node.sight().map(Node::credits).map(CreditReading::surplus).orElse(null);
        Duration beside = situation.shortages().replacementTakes().plus(Removal.drainTime(situation));
        return usdPerHour * beside.toSeconds() / 3600 + (surplus == null ? 0 : surplus * CreditAccount.USD_PER_CREDIT);
    }

    private @Nullable Double usdPerHour(Standing node) {
        Pool pool = node.memory().instance().pool();
        return bill.known(node.market(), pool) ? Double.valueOf(bill.estimate(node.market(), pool)) : null;
    }

    private @Nullable Double fallbackUsdPerHour(Standing node) {
        InstanceType fallback = situation.spec().credits().fallbackType();
        if (fallback == null) {
            return null;
        }
        Pool pool = new Pool(fallback, node.memory().instance().zone());
        // On spot, where its price is not known there: it is hardly ever above the on-demand price.
        Market market = bill.known(node.market(), pool) ? node.market() : Market.ON_DEMAND;
        return bill.known(market, pool) ? Double.valueOf(bill.estimate(market, pool)) : null;
    }

    private static Reason unsuited(InstanceType type, Unsuited why) {
        return new Reason.RemedyUnsuited(type, why);
    }
}
