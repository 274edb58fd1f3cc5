package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.TokenBuckets;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Fifty nodes are lost in the same second, under AWS's own limits on calls. */
class MassLossTest {
    private static final int NODES = 50;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SpecDraft FIFTY = SpecDraft.micro().desired(NODES);

    private final Launches launches = new Launches();

    @Test
    void fiftyNodesAreReplacedByOneLaunchCallAZoneAndMarket() {
        try (Rehearsal rehearsal = running(1)) {
            launches.counts.clear();
            loseAll(rehearsal);

            rehearsal.run(Duration.ofSeconds(31));

            // The base and the stand-ins of one zone have different tags, so that they are two calls.
            assertThat(launches.counts).hasSize(6);
            assertThat(launches.calls()).isEqualTo(7);
            assertThat(launches.nodes()).isEqualTo(NODES);
            rehearsal.run(HOUR);
            assertThat(rehearsal.serving()).hasSize(NODES);
            // One at a time, stand-ins are being given back by now.
            assertThat(rehearsal.alive()).hasSizeBetween(NODES, NODES + 1);
            assertThat(refusals(rehearsal))
                    .as("of seven launch calls, five pass at once")
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aTenthOfTheLimitsIsEnough() {
        try (Rehearsal rehearsal = running(0.1)) {
            loseAll(rehearsal);

            rehearsal.run(HOUR);

            assertThat(rehearsal.serving()).hasSize(NODES);
            rehearsal.run(HOUR.multipliedBy(2));
            assertThat(rehearsal.alive()).hasSize(NODES);
        }
    }

    /** Every call is refused: what a pass then asks, counted on the wire. */
    @Test
    void asksNoMoreForBeingRefused() {
        try (Rehearsal rehearsal = running(1)) {
            Duration now = rehearsal.time().elapsed();
            rehearsal.inject(new Fault.FailCalls("*", CallFailure.THROTTLED, now, now.plus(HOUR)));
            loseAll(rehearsal);
            long attempts = rehearsal.aws().attemptsMade();
            long calls = rehearsal.aws().callsMade();
            int passes = rehearsal.passes().size();

            rehearsal.run(HOUR);

            double blind = rehearsal.passes().size() - passes;
            System.out.printf(
                    "throttled: %.1f calls and %.1f attempts a pass%n",
                    (rehearsal.aws().callsMade() - calls) / blind,
                    (rehearsal.aws().attemptsMade() - attempts) / blind);
            assertThat((rehearsal.aws().attemptsMade() - attempts) / blind).isLessThan(12);
            rehearsal.run(HOUR);
            assertThat(rehearsal.serving()).hasSize(NODES);
        }
    }

    /** Any call may be refused, and any read is tried three times. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void replacesAllThoughAShareOfTheCallsIsRefused(double share) {
        try (Rehearsal rehearsal = running(1)) {
            Duration now = rehearsal.time().elapsed();
            rehearsal.inject(new Fault.FailCalls("*", CallFailure.THROTTLED, share, now, now.plus(HOUR)));
            loseAll(rehearsal);
            long attempts = rehearsal.aws().attemptsMade();
            int passes = rehearsal.passes().size();

            rehearsal.run(HOUR);

            double refused = rehearsal.passes().size() - passes;
            assertThat((rehearsal.aws().attemptsMade() - attempts) / refused).isLessThan(30);
            rehearsal.run(HOUR.multipliedBy(3));
            assertThat(rehearsal.serving()).hasSize(NODES);
            assertThat(rehearsal.alive()).hasSize(NODES);
        }
    }

    /** Reads get through and no launch does. */
    @Test
    void launchesThatAreThrottledAreAskedForOnceAPass() {
        try (Rehearsal rehearsal = running(1)) {
            Duration now = rehearsal.time().elapsed();
            rehearsal.inject(new Fault.FailCalls("RunInstances", CallFailure.THROTTLED, now, now.plus(HOUR)));
            launches.counts.clear();
            loseAll(rehearsal);
            int passes = rehearsal.passes().size();

            rehearsal.run(HOUR);

            int blind = rehearsal.passes().size() - passes;
            int calls = launches.calls();
            System.out.printf("launches throttled: %d launch calls in %d passes%n", calls, blind);
            assertThat(calls).isLessThanOrEqualTo(7 * blind);
            assertThat(blind).isLessThanOrEqualTo(122);
            rehearsal.run(HOUR);
            assertThat(rehearsal.serving()).hasSize(NODES);
            assertThat(rehearsal.launched()).isEqualTo(2 * NODES);
        }
    }

    private Rehearsal running(double left) {
        WorldSpec calm = WorldSpec.calm(3);
        WorldSpec world = calm.withApi(calm.api().withLeft(left));
        Rehearsal rehearsal = new Rehearsal(FIFTY.in(world.place()), world, launches);
        rehearsal.run(HOUR);
        assertThat(rehearsal.serving()).hasSize(NODES);
        return rehearsal;
    }

    private static void loseAll(Rehearsal rehearsal) {
        rehearsal.alive().stream()
                .map(Machine::id)
                .forEach(node -> rehearsal.inject(new Fault.TerminateBehindBack(node)));
    }

    private static long refusals(Rehearsal rehearsal) {
        return rehearsal.world().tokens().uses().values().stream()
                .mapToLong(TokenBuckets.Use::refusals)
                .sum();
    }

    /** The launch calls in each zone and market, each with how many nodes it asked for. */
    private static final class Launches implements CallBoundary {
        private final SortedMap<String, List<Integer>> counts = new TreeMap<>();

        @Override
        public void before(Call call) {
            if (call.request() instanceof RunInstancesRequest launch) {
                String market = launch.instanceMarketOptions() == null ? " on-demand" : " spot";
                counts.computeIfAbsent(launch.subnetId() + market, pool -> new ArrayList<>())
                        .add(launch.maxCount());
            }
        }

        int calls() {
            return counts.values().stream().mapToInt(List::size).sum();
        }

        int nodes() {
            return counts.values().stream()
                    .flatMap(List::stream)
                    .mapToInt(Integer::intValue)
                    .sum();
        }
    }
}
