package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.Fault;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first story: a node hangs, and is replaced. */
class HungNodeTest {
    @Test
    void startsTheClusterAndThenIsSilent() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(Duration.ofMinutes(10));
            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(rehearsal.launched()).isEqualTo(4);
            int writes = rehearsal.writes().size();

            rehearsal.run(Duration.ofHours(1));

            assertThat(rehearsal.writes()).hasSize(writes);
        }
    }

    @Test
    void replacesAHungNodeLaunchFirstAndTerminatesIt() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(Duration.ofMinutes(30));
            NodeId hung = rehearsal.serving().getFirst();

            rehearsal.inject(new Fault.Hang(hung)).run(Duration.ofMinutes(20));

            assertThat(rehearsal.serving()).hasSize(4).doesNotContain(hung);
            assertThat(rehearsal.launched()).isEqualTo(5);
            assertThat(rehearsal.alive()).hasSize(4);
            List<String> heal = rehearsal
                    .writes()
                    .subList(rehearsal.writes().size() - 4, rehearsal.writes().size());
            assertThat(heal.get(0)).startsWith("launch 1");
            assertThat(heal.get(1)).startsWith("register");
            assertThat(heal.get(2)).isEqualTo("deregister " + hung);
            assertThat(heal.get(3)).isEqualTo("terminate " + hung);
        }
    }

    @Test
    void replacesANodeThatIsTerminatedBehindItsBack() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(Duration.ofMinutes(30));
            NodeId taken = rehearsal.serving().getFirst();

            rehearsal.inject(new Fault.TerminateBehindBack(taken)).run(Duration.ofMinutes(10));

            assertThat(rehearsal.serving()).hasSize(4).doesNotContain(taken);
            assertThat(rehearsal.launched()).isEqualTo(5);
        }
    }
}
