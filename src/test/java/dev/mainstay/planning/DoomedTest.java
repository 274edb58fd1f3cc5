package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that AWS has announced to take serves as long as it is needed and may, and no longer. */
class DoomedTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final NodeId DOOMED = new NodeId("b-1");

    @Test
    void servesUntilItsReplacementDoes() {
        Sketch sketch = Sketch.healthy().noticed("b-1");
        assertThat(takenOut(sketch.plan())).isEmpty();

        sketch.add("b-2", Market.SPOT, sketch.now());
        assertThat(takenOut(sketch.wait(PASS).plan())).containsExactly(DOOMED);
    }

    @Test
    void isOutOfRotationHalfAMinuteBeforeItsEndWithoutAReplacement() {
        Sketch sketch = Sketch.healthy().noticed("b-1");
        assertThat(takenOut(sketch.plan())).isEmpty();
        assertThat(takenOut(sketch.wait(PASS).plan())).isEmpty();
        Plan plan = sketch.wait(Duration.ofSeconds(31)).plan();

        // The next pass would be too late, and three others hold the floor.
        assertThat(takenOut(plan)).containsExactly(DOOMED);
    }

    @Test
    void saysUntilWhenItServes() {
        Sketch sketch = Sketch.healthy().noticed("b-1");
        var given = sketch.now();

        assertThat(sketch.plan().findings())
                .filteredOn(finding -> finding.rule() == RuleName.DRAIN_DOOMED_NODES)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WAITS);
                    assertThat(finding.eligibleAt())
                            .isBetween(given.plus(Duration.ofSeconds(60)), given.plus(Duration.ofSeconds(61)));
                });
    }

    @Test
    void holdsTheFloorUntilItsLastMomentAndThenNoLonger() {
        Sketch sketch = Sketch.healthy();
        sketch.with(SpecDraft.micro().min(4).build()).noticed("b-1");
        sketch.plan();

        Plan before = sketch.wait(Duration.ofSeconds(89)).plan();
        assertThat(takenOut(before)).isEmpty();
        assertThat(before.withheld())
                .filteredOn(held -> held.action().kind() == ActionKind.DEREGISTER)
                .extracting(Withheld::guard)
                .containsExactly(GuardName.FLOOR);

        assertThat(takenOut(sketch.wait(Duration.ofSeconds(1)).plan())).containsExactly(DOOMED);
    }

    @Test
    void servesToTheEndWhereItIsTheLast() {
        Sketch sketch = Sketch.healthy().noticed("b-1");
        List.of("a-1", "a-2", "c-1").forEach(id -> sketch.state(id, InstanceState.TERMINATED));
        sketch.plan();

        assertThat(takenOut(sketch.wait(Duration.ofSeconds(110)).plan())).isEmpty();
    }

    /** Thirty seconds are more than its connections need. */
    @Test
    void staysLongerWhereConnectionsEndSooner() {
        Sketch sketch = Sketch.healthy().drainTime(Duration.ofSeconds(5));
        sketch.with(SpecDraft.micro().min(4).build()).noticed("b-1");
        sketch.plan();

        assertThat(takenOut(sketch.wait(Duration.ofSeconds(114)).plan())).isEmpty();
        assertThat(takenOut(sketch.wait(Duration.ofSeconds(1)).plan())).containsExactly(DOOMED);
    }

    @Test
    void isSurplusWhenAwsDoesNotTakeItAfterAll() {
        Sketch sketch = Sketch.healthy().noticed("b-1");
        sketch.plan();
        sketch.add("b-2", Market.SPOT, sketch.now());
        Action.Deregister out = (Action.Deregister)
                sketch.wait(PASS).plan().actions().stream().findFirst().orElseThrow();
        sketch.done(out).deregistered("b-1");

        Plan plan = sketch.wait(Duration.ofMinutes(20)).plan();

        assertThat(plan.actions()).singleElement().isInstanceOfSatisfying(Action.Terminate.class, action -> {
            assertThat(action.node()).isEqualTo(DOOMED);
            assertThat(action.heals()).isFalse();
        });
    }

    @Test
    void endsOneThatNeverServedAndThatAwsDoesNotTakeAfterAll() {
        Sketch sketch = Sketch.healthy();
        sketch.add("b-2", Market.SPOT, sketch.now())
                .target("b-2", TargetHealth.State.INITIAL, "Elb.InitialHealthChecking");
        sketch.plan();
        sketch.noticed("b-2").plan();

        assertThat(takenOut(sketch.wait(Duration.ofMinutes(6)).plan())).isEmpty();
        assertThat(takenOut(sketch.wait(Duration.ofMinutes(1)).plan())).containsExactly(new NodeId("b-2"));
    }

    private static List<NodeId> takenOut(Plan plan) {
        return plan.actions().stream()
                .filter(action -> action.kind() == ActionKind.DEREGISTER)
                .flatMap(action -> action.subject().stream())
                .toList();
    }
}
