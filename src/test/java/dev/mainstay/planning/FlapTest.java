package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A node that is sick for a minute, well for two, and so on: each illness is short, and it never serves well. */
class FlapTest {
    private static final Duration ILL = Duration.ofMinutes(1);
    private static final Duration WELL = Duration.ofMinutes(4);

    private static Sketch flapped(Sketch sketch, int times) {
        for (int turn = 0; turn < times; turn++) {
            sketch.well("b-1").planFor(WELL);
            sketch.sick("b-1").planFor(ILL);
        }
        return sketch;
    }

    @Test
    void theThirdTurnWithinAnHourCountsAsALongIllness() {
        Sketch sketch = Sketch.healthy();

        assertThat(phase(flapped(sketch, 2))).isEqualTo(Phase.SUSPECT);
        flapped(sketch, 1);

        assertThat(phase(sketch)).isEqualTo(Phase.CONDEMNED);
        assertThat(sketch.memory("b-1").condemned())
                .satisfies(condemned -> assertThat(condemned.reason()).isInstanceOf(Reason.Flapping.class));
    }

    @Test
    void aFlappingNodeIsReplacedHoweverWellItLooksMeanwhile() {
        Sketch sketch = flapped(Sketch.healthy(), 3);

        sketch.well("b-1").planFor(Duration.ofMinutes(5));

        assertThat(phase(sketch)).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void anHourWithoutATurnPardonsIt() {
        Sketch sketch = flapped(Sketch.healthy(), 3);

        sketch.well("b-1").planFor(Duration.ofMinutes(62));

        assertThat(phase(sketch)).isEqualTo(Phase.IN_SERVICE);
    }

    @Test
    void threeTurnsInMoreThanAnHourAreThreeShortIllnesses() {
        Sketch sketch = Sketch.healthy();
        for (int turn = 0; turn < 4; turn++) {
            flapped(sketch, 1);
            sketch.well("b-1").planFor(Duration.ofMinutes(30));
        }

        assertThat(sketch.memory("b-1").condemned()).isNull();
    }

    @Test
    void zeroSwitchesItOff() {
        Sketch sketch =
                flapped(Sketch.healthy().with(SpecDraft.micro().flapsPerHour(0).build()), 10);

        assertThat(sketch.memory("b-1").condemned()).isNull();
    }

    @Test
    void whatNobodyWatchedIsNotHeldAgainstIt() {
        Sketch sketch = flapped(Sketch.healthy(), 2);
        sketch.well("b-1").wait(Duration.ofMinutes(20)).plan();

        assertThat(phase(flapped(sketch, 1))).isEqualTo(Phase.SUSPECT);
    }

    @Test
    void aClusterWhoseNodesAllFlapHasASharedCause() {
        Sketch sketch = Sketch.healthy();
        for (int turn = 0; turn < 5; turn++) {
            sketch.well("b-1").well("c-1").well("a-2").planFor(WELL);
            sketch.sick("b-1").sick("c-1").sick("a-2").planFor(ILL);
        }

        assertThat(sketch.memory().nodes().values()).allMatch(node -> node.condemned() == null);
    }

    private static Phase phase(Sketch sketch) {
        return sketch.plan().nodes().stream()
                .filter(node -> node.id().equals(new NodeId("b-1")))
                .findFirst()
                .orElseThrow()
                .phase();
    }
}
