package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.planning.Budget;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.trace.PriceTrace;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thirty hours of a market that lures and disappoints. In any 24 hours the switches stay within their budget, and the whole costs
 * at most 2 % more than on-demand nodes alone would.
 */
class FlappingMarketTest {
    private static final double ON_DEMAND = 0.0116;
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LENGTH = Duration.ofHours(30);
    private static final double DEARER = 1.02;
    private static final int NODES = 4;

    /** How it disappoints. */
    enum Manner {
        /** In each zone the price crosses that of on-demand every so often. */
        CROSSES_EVERY_PASS(PASS),
        /** Just longer than a price must have held for a return. */
        CROSSES_EVERY_16_MINUTES(Duration.ofMinutes(16)),
        CROSSES_EVERY_HOUR(Duration.ofHours(1)),
        /** Each spot node is taken back within a minute of its first service. */
        TAKES_BACK_WITHIN_A_MINUTE(LENGTH.multipliedBy(2));

        private final Duration half;

        Manner(Duration half) {
            this.half = half;
        }

        /** Low first, then over on-demand, in turns. */
        SortedMap<Pool, PriceTrace> prices() {
            SortedMap<Pool, PriceTrace> prices = new TreeMap<>();
            WorldSpec.Place.US_EAST_1.subnets().keySet().forEach(zone -> {
                Pool pool = new Pool(Specs.T2_MICRO, zone);
                SortedMap<Duration, Double> changes = new TreeMap<>();
                boolean low = true;
                for (Duration at = Duration.ZERO; at.compareTo(LENGTH) < 0; at = at.plus(half)) {
                    changes.put(at, ON_DEMAND * (low ? 0.85 : 1.05));
                    low = !low;
                }
                prices.put(pool, PriceTrace.of(pool, changes, LENGTH.plus(DAY)));
            });
            return prices;
        }
    }

    @BeforeAll
    static void count() {
        new FaultPoints(Manner.values().length, Manner.values().length, "flapping markets").print();
    }

    @ParameterizedTest
    @EnumSource(Manner.class)
    void isNotChasedForMoreThanItIsWorth(Manner manner) {
        SortedMap<Pool, PriceTrace> prices = manner.prices();
        WorldSpec calm = WorldSpec.calm(9);
        WorldSpec world = calm.withSpot(WorldSpec.SpotRules.CALM.withPrices(prices))
                .withHealthChecks(calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
        ClusterSpec spec = SpecDraft.micro().desired(NODES).in(world.place());
        try (Rehearsal cluster = new Rehearsal(spec, world)) {
            Set<NodeId> disappointed = new HashSet<>();
            List<Double> paid = new ArrayList<>(List.of(0.0));
            while (cluster.time().elapsed().compareTo(LENGTH) < 0) {
                cluster.run(PASS);
                paid.add(paid.getLast() + usdOfAPass(cluster, prices));
                if (manner == Manner.TAKES_BACK_WITHIN_A_MINUTE) {
                    takeBack(cluster, disappointed);
                }
            }

            assertThat(dearest(paid)).isLessThanOrEqualTo(DEARER);
            assertThat(mostReturns(cluster.passes()))
                    .isLessThanOrEqualTo(spec.guards().returnsPerDay());
            assertThat(cluster.serving())
                    .hasSizeGreaterThanOrEqualTo(spec.capacity().min());
        }
    }

    private static void takeBack(Rehearsal cluster, Set<NodeId> disappointed) {
        for (Machine machine : cluster.alive()) {
            boolean serves =
                    machine.market() == Market.SPOT && cluster.serving().contains(machine.id());
            if (serves && disappointed.add(machine.id())) {
                cluster.inject(new Fault.Interrupt(machine.id(), false));
            }
        }
    }

    private static double usdOfAPass(Rehearsal cluster, SortedMap<Pool, PriceTrace> prices) {
        Duration now = cluster.time().elapsed();
        double usdPerHour = cluster.alive().stream()
                .mapToDouble(machine -> machine.market() == Market.ON_DEMAND
                        ? ON_DEMAND
                        : price(machine, prices).at(now))
                .sum();
        return usdPerHour * PASS.toSeconds() / Duration.ofHours(1).toSeconds();
    }

    private static PriceTrace price(Machine machine, SortedMap<Pool, PriceTrace> prices) {
        return Objects.requireNonNull(prices.get(new Pool(machine.type(), machine.zone())));
    }

    /** Of all days that begin at some pass: the most that was paid for one, as a share of on-demand nodes alone. */
    private static double dearest(List<Double> paid) {
        int passes = (int) DAY.dividedBy(PASS);
        double alone = NODES * ON_DEMAND * DAY.toHours();
        double most = 0;
        for (int i = passes; i < paid.size(); i++) {
            most = Math.max(most, (paid.get(i) - paid.get(i - passes)) / alone);
        }
        return most;
    }

    private static int mostReturns(List<Pass> passes) {
        List<Instant> returns = new ArrayList<>();
        for (Pass pass : passes) {
            for (Outcome outcome : pass.outcomes()) {
                boolean went = !(outcome.result() instanceof Outcome.Result.Dropped);
                int count = outcome.action().spends().getOrDefault(Budget.RETURN, 0);
                for (int i = 0; went && i < count; i++) {
                    returns.add(outcome.at());
                }
            }
        }
        return returns.stream()
                .mapToInt(end -> (int) returns.stream()
                        .filter(at -> at.isAfter(end.minus(DAY)) && !at.isAfter(end))
                        .count())
                .max()
                .orElse(0);
    }
}
