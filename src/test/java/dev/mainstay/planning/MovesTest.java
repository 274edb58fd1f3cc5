package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static dev.mainstay.planning.HealthTest.guards;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where price is the whole market the cluster moves after it, one node at a time; elsewhere it does not. */
class MovesTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final double ON_DEMAND = 0.0116;

    /** Base in a, spot in a, b and c; every price crossed on-demand some days ago and is calm since then. */
    private static Sketch bidEra() {
        Sketch sketch = Sketch.healthy();
        price(sketch, "a", 0.004);
        price(sketch, "b", 0.004);
        price(sketch, "c", 0.004);
        return sketch;
    }

    private static void price(Sketch sketch, String zone, double usd, PriceHistory.Change... later) {
        Instant now = sketch.now();
        List<PriceHistory.Change> changes = new java.util.ArrayList<>(List.of(
                new PriceHistory.Change(now.minus(Duration.ofDays(3)), 0.02),
                new PriceHistory.Change(now.minus(Duration.ofDays(2)), usd)));
        changes.addAll(List.of(later));
        sketch.price(zone, changes.toArray(PriceHistory.Change[]::new));
    }

    private static PriceHistory.Change change(Instant at, double usd) {
        return new PriceHistory.Change(at, usd);
    }

    @Test
    void movesToAPoolThatWasBetterForFiveMinutes() {
        Sketch sketch = bidEra();
        Instant cheaper = sketch.now();
        price(sketch, "c", 0.004, change(cheaper, 0.002));

        assertThat(launches(sketch.wait(Duration.ofMinutes(4)).plan())).isEmpty();
        assertThat(launches(sketch.wait(Duration.ofMinutes(2)).plan()))
                .singleElement()
                .satisfies(launch -> {
                    assertThat(launch.pool().zone()).isEqualTo(new Zone("us-east-1c"));
                    assertThat(launch.returning()).isTrue();
                    assertThat(launch.reason()).isInstanceOf(Reason.BetterPool.class);
                });
    }

    @Test
    void doesNotFillTheCheapestZoneUntilItsEndWouldTakeTheClusterUnderItsFloor() {
        Sketch sketch = bidEra();
        price(sketch, "c", 0.001);
        sketch.vanished("a-2").vanished("b-1").vanished("c-1");
        sketch.planFor(Duration.ofMinutes(6));

        Plan plan = sketch.plan();

        assertThat(plan.actions().stream()
                        .filter(Action.Launch.class::isInstance)
                        .map(Action.Launch.class::cast)
                        .filter(launch -> launch.pool().zone().equals(new Zone("us-east-1c")))
                        .mapToInt(Action.Launch::count)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void letsTheNodeInTheDearestPoolGoOnceTheNewOneServes() {
        Sketch sketch = bidEra();
        price(sketch, "b", 0.006);
        price(sketch, "c", 0.002);
        Action.Launch move = launches(sketch.plan()).getFirst();
        sketch.add("c-2", Market.SPOT, sketch.now()).done(move, sketch.instance("c-2"));

        assertThat(sketch.wait(PASS).plan().actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.node()).isEqualTo(new NodeId("b-1")));
    }

    @Test
    void staysWhereItIsForADifferenceTooSmall() {
        Sketch sketch = bidEra();
        price(sketch, "c", 0.004 - 0.009 * ON_DEMAND);

        assertThat(sketch.plan().actions()).isEmpty();
    }

    @Test
    void staysWhereItIsInTheCalmEra() {
        Sketch sketch = Sketch.healthy();
        for (String zone : List.of("a", "b", "c")) {
            sketch.price(zone, change(sketch.now().minus(Duration.ofDays(9)), zone.equals("c") ? 0.002 : 0.006));
        }

        assertThat(sketch.plan().actions()).isEmpty();
    }

    @Test
    void staysWhereItIsWhenTheConfigSaysSo() {
        Sketch sketch = bidEra();
        price(sketch, "c", 0.002);

        assertThat(sketch.with(SpecDraft.micro().moves(false).build()).plan().actions())
                .isEmpty();
    }

    @Test
    void movesOneAtATime() {
        Sketch sketch = bidEra();
        price(sketch, "c", 0.002);
        Action.Launch move = launches(sketch.plan()).getFirst();
        assertThat(move.count()).isEqualTo(1);
        sketch.add("c-2", Market.SPOT, sketch.now())
                .target("c-2", TargetHealth.State.INITIAL, "Elb.InitialHealthChecking")
                .done(move, sketch.instance("c-2"));

        assertThat(launches(sketch.wait(PASS).plan())).isEmpty();
    }

    @Test
    void movesNoOftenerThanTheReturnBudgetAllows() {
        Sketch sketch = bidEra();
        price(sketch, "c", 0.002);

        Plan plan = sketch.with(SpecDraft.micro().returnsPerDay(0).build()).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.RETURN_BUDGET);
    }

    /** The base is in zone a: a move there would leave nobody elsewhere. */
    @Test
    void doesNotMoveTheLastNodeIntoTheZoneOfAllOthers() {
        Sketch sketch =
                new Sketch(SpecDraft.micro().desired(2).build()).onDemand("a-1").spot("b-1");
        price(sketch, "a", 0.002);
        price(sketch, "b", 0.004);
        price(sketch, "c", 0.0045);
        sketch.planFor(Duration.ofMinutes(2));

        assertThat(sketch.plan().actions()).isEmpty();
    }

    @Test
    void scoresThePriceNowItsAverageAndItsPeak() {
        Instant now = Instant.parse("2026-03-02T12:00:00Z");
        PriceHistory steady = PriceHistory.of(List.of(change(now.minus(Duration.ofDays(9)), 0.5)))
                .orElseThrow();
        PriceHistory spiked = PriceHistory.of(List.of(
                        change(now.minus(Duration.ofDays(9)), 0.5),
                        change(now.minus(Duration.ofHours(4)), 4),
                        change(now.minus(Duration.ofHours(3)), 0.5)))
                .orElseThrow();

        assertThat(BidScore.of(steady, 1, now)).isCloseTo(0.5 * (0.7 + 0.3 + 0.05), within(1e-6));
        // The hour at four times on-demand counts as one at on-demand, and has faded by e; its peak is not capped.
        double faded = Math.exp(-1) - Math.exp(-4.0 / 3);
        assertThat(BidScore.of(spiked, 1, now))
                .isCloseTo(0.7 * 0.5 + 0.3 * (0.5 + 0.5 * faded) + 0.05 * 4 * Math.exp(-1), within(1e-6));
        assertThat(BidScore.of(spiked, 1, now.minus(Duration.ofHours(5)))).isCloseTo(0.525, within(1e-6));
    }
}
