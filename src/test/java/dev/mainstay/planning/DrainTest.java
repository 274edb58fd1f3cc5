package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the decision that a node goes to its end. */
class DrainTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    @Test
    void takesNodesOutInOneZoneAtATime() {
        Sketch sketch = Sketch.healthy().impaired("b-1").impaired("c-1");
        sketch.planFor(Duration.ofMinutes(6));
        sketch.add("b-2", Market.SPOT, sketch.now()).add("c-2", Market.SPOT, sketch.now());

        Plan plan = sketch.wait(PASS).plan();

        assertThat(HealthTest.kinds(plan)).containsExactly(ActionKind.DEREGISTER);
        assertThat(plan.withheld()).singleElement().satisfies(held -> {
            assertThat(held.guard()).isEqualTo(GuardName.ONE_ZONE);
            assertThat(held.until()).isNotNull();
        });
        sketch.done(plan.actions().getFirst());
        String first = plan.actions().getFirst().subject().orElseThrow().value();
        sketch.target(first, TargetHealth.State.DRAINING, null);
        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();

        // A drain that does not end keeps the other no longer than a drain may last.
        assertThat(HealthTest.kinds(sketch.planFor(Duration.ofMinutes(2)))).contains(ActionKind.DEREGISTER);
    }

    @Test
    void endsADrainWithTheNotice() {
        Sketch sketch = Sketch.healthy().spot("b-2");
        Plan drain = sketch.wait(PASS).plan();
        String id = drain.actions().getFirst().subject().orElseThrow().value();
        sketch.drainTime(Duration.ofMinutes(5))
                .done(drain.actions().getFirst())
                .target(id, TargetHealth.State.DRAINING, null)
                .noticed(id);

        assertThat(HealthTest.kinds(sketch.planFor(Duration.ofSeconds(90)))).doesNotContain(ActionKind.TERMINATE);
        assertThat(HealthTest.kinds(sketch.planFor(Duration.ofMinutes(1)))).contains(ActionKind.TERMINATE);
    }

    @Test
    void asksAgainForATerminationThatEc2DidNotCarryOutAndChargesItOnce() {
        Sketch sketch = drained("b-1");
        Plan plan = sketch.wait(PASS).plan();
        Action terminate = plan.actions().getFirst();
        sketch.done(terminate);

        int asked = 0;
        for (int pass = 0; pass < 20; pass++) {
            plan = sketch.wait(PASS).plan();
            for (Action action : plan.actions()) {
                assertThat(action.kind()).isEqualTo(ActionKind.TERMINATE);
                assertThat(action.subject()).isEqualTo(terminate.subject());
                sketch.done(action);
                asked++;
            }
        }

        assertThat(asked).isPositive();
        assertThat(sketch.memory().spent(Budget.HEAL, sketch.now())).isEqualTo(1);
        assertThat(HealthTest.conditions(plan)).contains(ConditionName.STILL_RUNNING);
        assertThat(plan.serving()).isEqualTo(4);
    }

    @Test
    void aRefusedTerminationKeepsNobodyElse() {
        Sketch sketch = drained("b-1");
        Action terminate = sketch.wait(PASS).plan().actions().getFirst();
        sketch.outcome(terminate, new Outcome.Result.Failed(FailureKind.PERMANENT, "termination protection"));
        sketch.impaired("c-1").planFor(Duration.ofMinutes(6));
        sketch.add("c-2", Market.SPOT, sketch.now());

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions()).singleElement().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.DEREGISTER);
            assertThat(action.subject().orElseThrow().value()).isEqualTo("c-1");
        });
        assertThat(HealthTest.guards(plan)).contains(GuardName.PROTECTED);
        assertThat(HealthTest.conditions(plan)).contains(ConditionName.CANNOT_ACT);
    }

    @Test
    void makesNoRoomWhileOthersAreGettingSick() {
        Sketch sketch = full();
        sketch.sick("b-1").planFor(Duration.ofMinutes(4));
        sketch.sick("c-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(2));

        assertThat(HealthTest.phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void makesNoRoomWhileTheOthersAreBusyButDoesInTheEnd() {
        Sketch sketch = full();
        List.of("a-1", "a-2", "c-1").forEach(id -> sketch.credits(id, 100, 90));
        sketch.sick("b-1");

        assertThat(sketch.planFor(Duration.ofMinutes(20)).actions()).isEmpty();
        assertThat(HealthTest.kinds(sketch.planFor(Duration.ofMinutes(20)))).containsExactly(ActionKind.DEREGISTER);
    }

    @Test
    void makesRoomWhereThereIsNone() {
        Sketch sketch = full().sick("b-1");

        assertThat(HealthTest.kinds(sketch.planFor(Duration.ofMinutes(6)))).containsExactly(ActionKind.DEREGISTER);
    }

    /** As many as there may be. */
    private static Sketch full() {
        Sketch sketch = new Sketch(
                        SpecDraft.micro().desired(4).max(4).maxUnhealthy(0.6).build())
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1");
        sketch.plan();
        return sketch;
    }

    /** The node is given up for its status checks, replaced, and out of rotation. */
    private static Sketch drained(String id) {
        Sketch sketch = Sketch.healthy().impaired(id);
        sketch.planFor(Duration.ofMinutes(6));
        sketch.spot("b-2");
        return sketch.done(sketch.wait(PASS).plan().actions().getFirst()).deregistered(id);
    }
}
