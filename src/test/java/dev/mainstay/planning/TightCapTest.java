package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Under a spending cap stand-ins may take the money of the spot nodes that are missing. */
class TightCapTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    /** Six wanted, four serve, three of them on-demand at 0.0116 and one on spot at 0.0035; the cap leaves 0.0017. */
    private static Sketch tight(int min) {
        Sketch sketch = new Sketch(SpecDraft.micro()
                        .desired(6)
                        .min(min)
                        .max(12)
                        .usdPerHour(0.04)
                        .build())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("a-2");
        for (String zone : List.of("a", "b", "c")) {
            sketch.price(zone, new PriceHistory.Change(sketch.now().minus(Duration.ofDays(9)), 0.0035));
        }
        return sketch;
    }

    @Test
    void letsOneStandInGoWhereTheMissingSpotNodesDoNotFitBesideIt() {
        Sketch sketch = tight(3);
        sketch.plan();

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan)).isEmpty();
        assertThat(plan.actions()).singleElement().isInstanceOfSatisfying(Action.Deregister.class, action -> {
            assertThat(action.reason()).isInstanceOf(Reason.TakesMoneyFromSpot.class);
            assertThat(action.node().value()).isIn("a-1", "b-1", "c-1");
        });
    }

    @Test
    void keepsItAtTheFloor() {
        Sketch sketch = tight(4);
        sketch.plan();

        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();
    }

    @Test
    void keepsItWhereSpotWasLostWithinTheHour() {
        Sketch sketch = tight(3);
        List.of("b-2", "c-2", "a-3").forEach(sketch::spot);
        sketch.plan();
        List.of("b-2", "c-2", "a-3").forEach(sketch::taken);
        sketch.wait(PASS).plan();

        assertThat(sketch.planFor(Duration.ofMinutes(50)).actions()).isEmpty();
        assertThat(sketch.planFor(Duration.ofMinutes(10)).actions())
                .singleElement()
                .isInstanceOf(Action.Deregister.class);
    }

    @Test
    void leavesAStandInAloneWhereThereIsNoCap() {
        Sketch sketch = tight(3);
        sketch.with(SpecDraft.micro().desired(6).min(3).max(12).build());

        assertThat(sketch.plan().actions()).allMatch(action -> action.kind() == ActionKind.LAUNCH);
    }
}
