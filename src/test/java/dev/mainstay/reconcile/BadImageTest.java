package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.planning.Phase;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is launched never answers, until someone mends the image. */
class BadImageTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void launchesAFewAnHourKeepsOneAndRecoversByItself(int max) {
        WorldSpec world = WorldSpec.calm(7);
        try (Rehearsal rehearsal = new Rehearsal(SpecDraft.micro().max(max).in(world.place()), world)) {
            rehearsal.run(Duration.ofMinutes(30));
            rehearsal.inject(new Fault.BreakLaunches(Duration.ofHours(5)));
            rehearsal.serving().subList(0, 2).forEach(id -> rehearsal.inject(new Fault.TerminateBehindBack(id)));
            long before = rehearsal.launched();

            rehearsal.run(Duration.ofHours(4));

            assertThat(rehearsal.launched() - before).isBetween(5L, 16L);
            assertThat(rehearsal.serving()).hasSize(2);
            assertThat(rehearsal.alive()).hasSizeLessThanOrEqualTo(5);
            assertThat(kept(rehearsal)).isLessThanOrEqualTo(1);

            rehearsal.run(Duration.ofMinutes(90));
            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(rehearsal.lastPass().memory().launchBackOff()).isNull();

            rehearsal.run(Duration.ofHours(25));
            assertThat(rehearsal.alive()).hasSize(4);
        }
    }

    @Test
    void startsAClusterOnceItsImageIsMended() {
        WorldSpec world = WorldSpec.calm(7);
        try (Rehearsal rehearsal = new Rehearsal(SpecDraft.micro().in(world.place()), world)) {
            rehearsal.inject(new Fault.BreakLaunches(Duration.ofHours(2))).run(Duration.ofHours(3));

            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(rehearsal.launched()).isLessThanOrEqualTo(30);
        }
    }

    private static long kept(Rehearsal rehearsal) {
        return rehearsal.lastPass().plan().nodes().stream()
                .filter(node -> node.phase() == Phase.KEPT_FOR_DEBUGGING)
                .count();
    }
}
