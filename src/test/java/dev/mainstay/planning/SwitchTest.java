package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.testing.Sketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A return to spot waits for nothing until one is lost again soon; then longer after each. */
class SwitchTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final NodeId NODE = new NodeId("b-1");

    @Test
    void returnsAtOnceWhenItNeverWentWrong() {
        assertThat(Returns.NONE.heldUntil(NOON)).isEmpty();
        assertThat(Returns.NONE.launched(NODE, NOON).heldUntil(NOON)).isEmpty();
    }

    @Test
    void waitsAfterASwitchWasLostAgainSoonAndTwiceAsLongAfterAnother() {
        Returns returns = Returns.NONE;
        Instant now = NOON;
        List<Duration> dwells = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            returns = returns.launched(NODE, now).lost(NODE, NOON, now.plus(Duration.ofMinutes(10)));
            now = returns.heldUntil(null).orElseThrow();
            dwells.add(returns.dwell());
        }
        assertThat(dwells).extracting(Duration::toMinutes).containsExactly(5L, 10L, 10L);
    }

    @Test
    void forgivesASwitchThatLastedHalfAnHour() {
        Returns returns = Returns.NONE.launched(NODE, NOON);
        assertThat(returns.lost(NODE, NOON, NOON.plus(Duration.ofMinutes(30))).dwell())
                .isZero();
        assertThat(returns.lost(NODE, NOON, NOON.plus(Duration.ofMinutes(29))).dwell())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void takesSeveralThatGoTogetherForOneMisfortune() {
        NodeId other = new NodeId("b-2");
        Returns returns = Returns.NONE.launched(NODE, NOON).launched(other, NOON.plusSeconds(60));

        returns = returns.lost(NODE, NOON, NOON.plusSeconds(300)).lost(other, NOON, NOON.plusSeconds(330));

        assertThat(returns.dwell()).isEqualTo(Duration.ofMinutes(5));
    }

    /** It only filled a gap; but the market takes what it gives. */
    @Test
    void aYoungNodeThatIsLostCountsOnceASwitchWasLost() {
        NodeId other = new NodeId("b-2");
        Instant later = NOON.plus(Duration.ofMinutes(10));
        Returns disappointed = Returns.NONE.launched(NODE, NOON).lost(NODE, NOON, NOON.plusSeconds(60));

        assertThat(disappointed.lost(other, later, later.plusSeconds(60)).dwell())
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(disappointed
                        .lost(other, later, later.plus(Duration.ofMinutes(30)))
                        .dwell())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(Returns.NONE.lost(other, later, later.plusSeconds(60)).dwell())
                .isZero();
    }

    @Test
    void forgetsAfterADayWithoutAnother() {
        Returns returns = Returns.NONE.launched(NODE, NOON).lost(NODE, NOON, NOON.plusSeconds(60));

        assertThat(returns.after(NOON.plus(Duration.ofHours(24))).dwell()).isPositive();
        assertThat(returns.after(NOON.plus(Duration.ofHours(24)).plusSeconds(60)))
                .isEqualTo(Returns.NONE);
    }

    @Test
    void beginsTheDwellAnewWithEachLossAndAfterABreak() {
        Returns returns = Returns.NONE.launched(NODE, NOON).lost(NODE, NOON, NOON);

        assertThat(returns.heldUntil(NOON.plusSeconds(120))).contains(NOON.plusSeconds(420));
        assertThat(returns.restarted(NOON.plusSeconds(200)).heldUntil(NOON)).contains(NOON.plusSeconds(500));
    }

    @Test
    void holdsTheNextReturnAndSaysUntilWhen() {
        Sketch sketch = disappointed();

        Plan held = sketch.plan();

        Instant until = sketch.now().plus(Duration.ofMinutes(5));
        assertThat(launches(held)).isEmpty();
        assertThat(held.findings())
                .filteredOn(finding -> finding.rule() == RuleName.RETURN_TO_SPOT)
                .containsExactly(new Finding(
                        RuleName.RETURN_TO_SPOT,
                        null,
                        Finding.Verdict.WAITS,
                        new Reason.Settling(Duration.ofMinutes(5), until),
                        until));
        assertThat(launches(sketch.planFor(Duration.ofMinutes(5))))
                .singleElement()
                .satisfies(launch -> assertThat(launch.returning()).isTrue());
    }

    /** Spot has just shown that it does not last. */
    @Test
    void replacesOnDemandWhatIsLostInTheDwell() {
        Sketch sketch = disappointed();
        sketch.plan();

        assertThat(launches(sketch.wait(PASS).taken("c-2").plan()))
                .singleElement()
                .satisfies(launch -> assertThat(launch.market()).isEqualTo(Market.ON_DEMAND));
        assertThat(launches(disappointed().planFor(Duration.ofMinutes(4)))).isEmpty();
    }

    /** Its return to spot was lost again at once. */
    private static Sketch disappointed() {
        Sketch sketch = new Sketch(dev.mainstay.testing.Specs.micro())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("c-2");
        sketch.plan();
        Action.Launch first = launches(sketch.wait(PASS).plan()).getFirst();
        sketch.add("b-2", Market.SPOT, sketch.now());
        sketch.done(first, sketch.instance("b-2"));
        return sketch.wait(PASS).taken("b-2");
    }

    @Test
    void returnsAtOnceAfterASwitchOfWhichAwsToldBeforeItTookIt() {
        Sketch sketch = new Sketch(dev.mainstay.testing.Specs.micro())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("c-2");
        sketch.plan();
        Action.Launch first = launches(sketch.wait(PASS).plan()).getFirst();
        sketch.add("b-2", Market.SPOT, sketch.now());
        sketch.done(first, sketch.instance("b-2"));
        sketch.wait(Duration.ofMinutes(7)).noticed("b-2").plan();
        sketch.wait(PASS).taken("b-2");

        assertThat(launches(sketch.plan()))
                .singleElement()
                .satisfies(launch -> assertThat(launch.returning()).isTrue());
    }

    @Test
    void waitsAfterASwitchThatAwsTakesBackBeforeItHasPaid() {
        Sketch sketch = new Sketch(dev.mainstay.testing.Specs.micro())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("c-2");
        sketch.plan();
        Action.Launch first = launches(sketch.wait(PASS).plan()).getFirst();
        sketch.add("b-2", Market.SPOT, sketch.now());
        sketch.done(first, sketch.instance("b-2"));
        sketch.wait(Duration.ofMinutes(5)).noticed("b-2").plan();
        sketch.wait(PASS).taken("b-2");

        assertThat(launches(sketch.plan())).noneMatch(Action.Launch::returning);
    }
}
