package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The number of nodes that is asked for changes while the daemon runs. */
class ScaleTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Test
    void walksFromOneToTenAndBackInStepsOfOne() {
        try (Rehearsal rehearsal = Rehearsal.calm(11, SpecDraft.micro().desired(1))) {
            rehearsal.run(HALF_AN_HOUR);
            for (int desired = 1; desired <= 10; desired++) {
                assertThat(settled(rehearsal, SpecDraft.micro().desired(desired)))
                        .hasSize(desired);
            }
            for (int desired = 10; desired >= 1; desired--) {
                assertThat(settled(rehearsal, SpecDraft.micro().desired(desired)))
                        .hasSize(desired);
                assertThat(onDemand(rehearsal)).isEqualTo(1);
            }
        }
    }

    @Test
    void takesATenthInAPassAndNeverTheBase() {
        try (Rehearsal rehearsal =
                Rehearsal.calm(11, SpecDraft.micro().desired(10).base(2))) {
            rehearsal.run(HALF_AN_HOUR);
            int passes = rehearsal.passes().size();

            assertThat(settled(rehearsal, SpecDraft.micro().desired(3).base(2))).hasSize(3);

            assertThat(onDemand(rehearsal)).isEqualTo(2);
            List<Integer> serving = rehearsal.passes().subList(passes, passes + 20).stream()
                    .map(pass -> pass.plan().serving())
                    .distinct()
                    .toList();
            assertThat(serving).containsExactly(10, 9, 8, 7, 6, 5, 4, 3);
        }
    }

    @Test
    void goesDownToNothingAndUpAgain() {
        try (Rehearsal rehearsal = Rehearsal.calm(11, SpecDraft.micro().desired(4))) {
            rehearsal.run(HALF_AN_HOUR);

            assertThat(settled(rehearsal, SpecDraft.micro().desired(0))).isEmpty();
            assertThat(rehearsal.alive()).isEmpty();
            int writes = rehearsal.writes().size();
            rehearsal.run(Duration.ofHours(1));
            assertThat(rehearsal.writes()).hasSize(writes);
            assertThat(rehearsal.lastPass().plan().conditions()).isEmpty();

            assertThat(settled(rehearsal, SpecDraft.micro().desired(3))).hasSize(3);
            assertThat(onDemand(rehearsal)).isEqualTo(1);
        }
    }

    @Test
    void goesDownToNothingWhileNodesBootAndWhileAllAreSick() {
        try (Rehearsal rehearsal = Rehearsal.calm(11, SpecDraft.micro().desired(4))) {
            rehearsal.run(HALF_AN_HOUR);
            rehearsal.serving().forEach(node -> rehearsal.inject(new Fault.Hang(node)));
            rehearsal.run(Duration.ofMinutes(10));
            rehearsal.reload(SpecDraft.micro().desired(8)).run(Duration.ofSeconds(40));

            settled(rehearsal, SpecDraft.micro().desired(0));

            assertThat(rehearsal.alive()).isEmpty();
        }
    }

    @Test
    void aRaisedBaseIsLaunchedFirstAndThenSpotGoes() {
        try (Rehearsal rehearsal = Rehearsal.calm(11, SpecDraft.micro().desired(4))) {
            rehearsal.run(HALF_AN_HOUR);
            int passes = rehearsal.passes().size();

            assertThat(settled(rehearsal, SpecDraft.micro().desired(4).base(3))).hasSize(4);

            assertThat(onDemand(rehearsal)).isEqualTo(3);
            assertThat(least(rehearsal, passes)).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aRaisedBaseFindsRoomWhereEverythingIsFull() {
        SpecDraft full = SpecDraft.micro().desired(4).max(4);
        try (Rehearsal rehearsal = Rehearsal.calm(11, full)) {
            rehearsal.run(HALF_AN_HOUR);
            int passes = rehearsal.passes().size();

            settled(rehearsal, SpecDraft.micro().desired(4).max(4).base(3));
            rehearsal.run(Duration.ofHours(1));

            assertThat(onDemand(rehearsal)).isEqualTo(3);
            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(least(rehearsal, passes)).isGreaterThanOrEqualTo(3);
            assertThat(quiet(rehearsal)).isTrue();
        }
    }

    @Test
    void aServingNodeThatMustGoFindsAWayOutWhereEverythingIsFull() {
        try (Rehearsal rehearsal =
                Rehearsal.calm(11, SpecDraft.micro().desired(4).max(4))) {
            rehearsal.run(HALF_AN_HOUR);
            for (Machine machine : rehearsal.alive()) {
                rehearsal.inject(new Fault.Retire(machine.id(), Duration.ofDays(14)));
            }
            List<NodeId> retiring = rehearsal.serving();
            int passes = rehearsal.passes().size();

            rehearsal.run(Duration.ofHours(6));

            assertThat(rehearsal.serving()).hasSize(4).doesNotContainAnyElementsOf(retiring);
            assertThat(onDemand(rehearsal)).isEqualTo(1);
            assertThat(least(rehearsal, passes)).isGreaterThanOrEqualTo(3);
            assertThat(quiet(rehearsal)).isTrue();
        }
    }

    @Test
    void retiringNodesAreReplacedAheadOfTheirDateLaunchFirst() {
        try (Rehearsal rehearsal = Rehearsal.calm(11)) {
            rehearsal.run(HALF_AN_HOUR);
            NodeId retiring = rehearsal.serving().getLast();
            int passes = rehearsal.passes().size();

            rehearsal.inject(new Fault.Retire(retiring, Duration.ofDays(14))).run(HALF_AN_HOUR);

            assertThat(rehearsal.serving()).hasSize(4).doesNotContain(retiring);
            assertThat(least(rehearsal, passes)).isGreaterThanOrEqualTo(4);
        }
    }

    private static List<NodeId> settled(Rehearsal rehearsal, SpecDraft changed) {
        return rehearsal.reload(changed).run(HALF_AN_HOUR).serving();
    }

    /** The fewest that were in service from that pass on. */
    private static int least(Rehearsal rehearsal, int passes) {
        return rehearsal.passes().stream()
                .skip(passes)
                .mapToInt(pass -> pass.plan().serving())
                .min()
                .orElseThrow();
    }

    private static long onDemand(Rehearsal rehearsal) {
        return rehearsal.alive().stream()
                .filter(machine -> machine.market() == Market.ON_DEMAND)
                .count();
    }

    private static boolean quiet(Rehearsal rehearsal) {
        int passes = rehearsal.passes().size();
        rehearsal.run(Duration.ofMinutes(50));
        return rehearsal.passes().subList(passes, rehearsal.passes().size()).stream()
                .map(Pass::plan)
                .allMatch(plan -> plan.actions().isEmpty());
    }
}
