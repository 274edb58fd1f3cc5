package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditReading;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.credits.BurstableType;
import dev.mainstay.credits.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are out of CPU credits or soon will be, and whether so many that it is the load and no longer the nodes. Made
 * once for a pass; nothing in it changes.
 */
public final class CreditShortages {
    /** Two samples of CloudWatch agree; a node that fails its checks as well need not wait for the second. */
    private static final Duration CONFIRMED_AFTER = Duration.ofMinutes(5);

    /** Before that a node's samples are of its start. */
    private static final Duration STARTING = Duration.ofMinutes(10);

    /** A boot that was observed from its beginning: later sights say nothing of how long it took. */
    private static final Duration SEEN_FROM_THE_START = Duration.ofMinutes(2);

    private final Map<NodeId, Shortage> shortages;
    private final Duration replacementTakes;
    private final @Nullable Reason overload;

    /**
     * The shortage of one node.
     *
     * @param reason what is wrong
     * @param since since when, or from now on
     * @param certainAt when it is certain, if nothing changes until then
     */
    public record Shortage(Reason reason, Instant since, Instant certainAt) {}

    private CreditShortages(Map<NodeId, Shortage> shortages, Duration replacementTakes, @Nullable Reason overload) {
        this.shortages = shortages;
        this.replacementTakes = replacementTakes;
        this.overload = overload;
    }

    static CreditShortages of(ClusterSpec spec, Memory memory, Collection<Standing> nodes, Instant now) {
        Duration takes = replacementTakes(spec, memory);
        Map<NodeId, Shortage> found = new LinkedHashMap<>();
        for (Standing node : nodes) {
            if (serves(node)) {
                shortage(node, takes, now).ifPresent(shortage -> found.put(node.id(), shortage));
            }
        }
        return new CreditShortages(found, takes, overload(spec, memory, nodes, found));
    }

    public Optional<Shortage> of(Standing node) {
        return Optional.ofNullable(shortages.get(node.id()));
    }

    /** Half of those who serve, or more, have none: nobody's own fault. It lasts until the load would fit again. */
    public Optional<Reason> overload() {
        return Optional.ofNullable(overload);
    }

    /** From the decision to replace a node until its replacement serves, as was observed of late. */
    public Duration replacementTakes() {
        return replacementTakes;
    }

    /** A doomed or condemned node still carries its share of the load: it must not make the others look like odd ones out. */
    private static boolean serves(Standing node) {
        return node.inService() || node.phase() == Phase.SUSPECT;
    }

    private static Optional<Shortage> shortage(Standing node, Duration takes, Instant now) {
        CreditReading reading = node.seen() == null ? null : node.seen().credits();
        if (reading == null || reading.stale(now)) {
            return Optional.empty();
        }
        Instant since = node.memory().credits().exhaustedSince();
        return since == null ? soon(node, takes, now) : exhausted(node, reading, since, now);
    }

    private static Optional<Shortage> exhausted(Standing node, CreditReading reading, Instant since, Instant now) {
        Optional<BurstableType> type = BurstableType.of(node.memory().instance().type());
        if (type.isEmpty()) {
            double cpu = Exhaustion.plateau(reading.recent()).orElse(0.0);
            return Optional.of(new Shortage(new Reason.CpuPlateau(since, cpu), since, now));
        }
        if (reading.balance() == null || reading.cpuPercent() == null) {
            return Optional.empty();
        }
        Reason reason = new Reason.CreditsExhausted(
                since, reading.balance(), reading.cpuPercent(), type.get().baselinePercent());
        boolean sick = node.memory().health().sick();
        return Optional.of(new Shortage(reason, since, sick ? now : since.plus(CONFIRMED_AFTER)));
    }

    private static Optional<Shortage> soon(Standing node, Duration takes, Instant now) {
        Forecast forecast = node.forecast();
        Optional<BurstableType> type = BurstableType.of(node.memory().instance().type());
        if (forecast == null || type.isEmpty() || node.seen() == null || forecast.expected() == null) {
            return Optional.empty();
        }
        boolean starting =
                node.memory().startedAt().plus(STARTING).isAfter(now) || Exhaustion.fresh(node.seen(), type.get(), now);
        boolean low = forecast.endsBefore(now.plus(takes)) && !starting;
        return low
                ? Optional.of(new Shortage(
                        new Reason.CreditsRunningLow(forecast.balance(), forecast.expected(), takes), now, now))
                : Optional.empty();
    }

    /** The slowest start that was watched; a third of the time that a start may take, where none was. */
    private static Duration replacementTakes(ClusterSpec spec, Memory memory) {
        Duration boot = memory.nodes().values().stream()
                .filter(node -> node.health().firstHealthy() != null
                        && !node.firstSeen()
                                .isAfter(node.instance().launchedAt().plus(SEEN_FROM_THE_START)))
                .map(node -> Duration.between(
                        node.instance().launchedAt(), node.health().firstHealthy()))
                .max(Duration::compareTo)
                .orElse(spec.health().registrationDeadline().dividedBy(3));
        return boot.plus(spec.interval().multipliedBy(2));
    }

    private static @Nullable Reason overload(
            ClusterSpec spec, Memory memory, Collection<Standing> nodes, Map<NodeId, Shortage> found) {
        int serving = (int) nodes.stream().filter(CreditShortages::serves).count();
        int out = found.size();
        boolean half = out >= 2 && 2 * out >= serving;
        boolean before = memory.conditions().containsKey(ConditionName.CLUSTER_OVERLOADED);
        return half || before && tooMuchForDesired(spec, nodes) ? new Reason.TooManyExhausted(out, serving) : null;
    }

    /**
     * Whether what is spent now, shared by as many nodes as are wanted, is more than they would earn. Until it is not, the
     * nodes that an overload brought stay: without them it would begin again.
     */
    private static boolean tooMuchForDesired(ClusterSpec spec, Collection<Standing> nodes) {
        double spent = 0;
        double earned = 0;
        int known = 0;
        int serving = 0;
        for (Standing node : nodes) {
            if (node.inService()) {
                serving++;
            }
            if (node.inService() && node.forecast() != null) {
                spent += node.forecast().spendsPerHour();
                earned += node.forecast().earnsPerHour();
                known++;
            }
        }
        return known > 0
                && spent / known * serving > earned / known * spec.capacity().desired();
    }
}
