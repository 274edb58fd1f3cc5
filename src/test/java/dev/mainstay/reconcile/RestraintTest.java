package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Control;
import dev.mainstay.planning.Standing;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The loop when it was told to do less than it could. */
class RestraintTest {
    private static final long SEED = 7;

    @Test
    void quarantineTakesASickNodeOutAndTerminatesNobody() {
        WorldSpec world = WorldSpec.calm(SEED);
        ClusterSpec spec = SpecDraft.micro().mode(Mode.QUARANTINE).in(world.place());
        try (Rehearsal rehearsal = new Rehearsal(spec, world)) {
            rehearsal.run(Duration.ofMinutes(30));
            NodeId hung = rehearsal.serving().getFirst();

            rehearsal.inject(new Fault.Hang(hung)).run(Duration.ofHours(2));

            assertThat(rehearsal.serving()).hasSize(4).doesNotContain(hung);
            assertThat(rehearsal.alive()).hasSize(5);
            assertThat(rehearsal.writes())
                    .contains("deregister " + hung)
                    .noneMatch(write -> write.startsWith("terminate"))
                    .hasSize(4 + 4 + 3);
        }
    }

    @Test
    void aPauseSurvivesACrashAndEndsByItself() {
        try (Rehearsal rehearsal = Rehearsal.calm(SEED)) {
            rehearsal.run(Duration.ofMinutes(30));
            rehearsal.tell(new Control.Pause(
                    rehearsal.time().now().wall().plus(Duration.ofHours(1)), "ann", "moving the database"));
            rehearsal.run(Duration.ofMinutes(1));
            int writes = rehearsal.writes().size();
            rehearsal.inject(new Fault.TerminateBehindBack(rehearsal.serving().getFirst()));
            rehearsal.restart();

            rehearsal.run(Duration.ofMinutes(55));
            assertThat(rehearsal.writes()).hasSize(writes);

            rehearsal.run(Duration.ofMinutes(20));
            assertThat(rehearsal.serving()).hasSize(4);
        }
    }

    @Test
    void replacesAllFourThatAwsWillRetireOneAtATimeAndTwoAnHourInFullService() {
        try (Rehearsal rehearsal = Rehearsal.calm(SEED)) {
            rehearsal.run(Duration.ofMinutes(30));
            List<NodeId> retiring = rehearsal.serving();
            int before = rehearsal.passes().size();

            retiring.forEach(node -> rehearsal.inject(new Fault.Retire(node, Duration.ofDays(10))));
            rehearsal.run(Duration.ofMinutes(58));

            assertThat(terminated(rehearsal)).isEqualTo(2);
            rehearsal.run(Duration.ofHours(3));
            assertThat(terminated(rehearsal)).isEqualTo(4);
            assertThat(rehearsal.serving()).hasSize(4).doesNotContainAnyElementsOf(retiring);
            assertThat(rehearsal.launched()).isEqualTo(8);
            assertThat(rehearsal.passes().subList(before, rehearsal.passes().size()))
                    .allSatisfy(pass -> {
                        assertThat(pass.plan().serving()).isGreaterThanOrEqualTo(4);
                        assertThat(pass.plan().nodes().stream().filter(Standing::leaving))
                                .hasSizeLessThan(2);
                    });
        }
    }

    @Test
    void goesOnWithTheOthersWhenEc2RefusesToTerminateOne() {
        try (Rehearsal rehearsal = Rehearsal.calm(SEED)) {
            rehearsal.run(Duration.ofMinutes(30));
            NodeId kept = rehearsal.serving().getFirst();
            NodeId other = rehearsal.serving().getLast();

            rehearsal.inject(new Fault.ForbidTermination(kept)).inject(new Fault.Hang(kept));
            rehearsal.run(Duration.ofMinutes(30)).inject(new Fault.Hang(other)).run(Duration.ofMinutes(30));

            assertThat(rehearsal.serving()).hasSize(4).doesNotContain(kept, other);
            assertThat(rehearsal.writes()).contains("terminate " + other);
            assertThat(rehearsal.writes().stream().filter(("terminate " + kept)::equals))
                    .hasSizeLessThan(3);
        }
    }

    private static long terminated(Rehearsal rehearsal) {
        return rehearsal.writes().stream()
                .filter(write -> write.startsWith("terminate"))
                .count();
    }
}
