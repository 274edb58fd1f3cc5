package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.planning.Control;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
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
}
