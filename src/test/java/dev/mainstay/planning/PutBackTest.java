package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.kinds;
import static dev.mainstay.planning.HealthTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nodes on their way out that are needed again. */
class PutBackTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final String STAND_IN = "b-2";

    @Test
    void aStandInThatDrainsIsPutBackInsteadOfALaunch() {
        Sketch sketch = draining().taken("c-1");

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions())
                .containsExactly(new Action.Register(
                        new NodeId(STAND_IN), new TreeSet<>(Set.of(Sketch.GROUP)), new Reason.NeededAgain(3, 4)));
        assertThat(phase(plan, STAND_IN)).isEqualTo(Phase.COMING);
    }

    @Test
    void itIsAsAnyOtherAfterwards() {
        Sketch sketch = draining().taken("c-1");
        sketch.done(sketch.wait(PASS).plan().actions().getFirst());

        Plan old = sketch.wait(PASS).plan(); // the load balancer shows the old state for a moment
        Plan plan = sketch.well(STAND_IN).wait(PASS).plan();

        assertThat(kinds(old)).isSubsetOf(ActionKind.REGISTER);
        assertThat(phase(plan, STAND_IN)).isEqualTo(Phase.IN_SERVICE);
        assertThat(kinds(plan)).doesNotContain(ActionKind.TERMINATE, ActionKind.DEREGISTER);
    }

    @Test
    void aRegistrationThatFailsIsTriedAgain() {
        Sketch sketch = draining().taken("c-1");
        Action back = sketch.wait(PASS).plan().actions().getFirst();
        sketch.outcome(back, new Outcome.Result.Failed(FailureKind.THROTTLE, "too many calls"));

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Register.class, again -> assertThat(again.node()).isEqualTo(new NodeId(STAND_IN)));
    }

    @Test
    void oneThatIsSickIsNotPutBack() {
        Sketch sketch = draining().impaired(STAND_IN).taken("c-1");

        assertThat(kinds(sketch.wait(PASS).plan())).containsOnly(ActionKind.LAUNCH);
    }

    @Test
    void nobodyIsPutBackWhileNobodyIsMissed() {
        assertThat(draining().wait(PASS).plan().actions()).isEmpty();
    }

    @Test
    void aDrainingNodeThatSomeonePutsBackLeavesTheRotationOnceMoreBeforeItEnds() {
        Sketch sketch = draining().well(STAND_IN);

        Plan plan = sketch.planFor(Duration.ofMinutes(2));

        assertThat(kinds(plan)).containsExactly(ActionKind.DEREGISTER);
    }

    /** Enough spot nodes serve again, so the stand-in is on its way out. */
    private static Sketch draining() {
        Sketch sketch = Sketch.healthy().onDemand(STAND_IN);
        Action out = sketch.wait(PASS).plan().actions().getFirst();
        assertThat(out).isInstanceOf(Action.Deregister.class);
        assertThat(out.subject()).contains(new NodeId(STAND_IN));
        return sketch.done(out).target(STAND_IN, TargetHealth.State.DRAINING, "Target.DeregistrationInProgress");
    }
}
