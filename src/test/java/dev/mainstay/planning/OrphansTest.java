package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.phase;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.testing.Sketch;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nodes that come after their launch was given up. */
class OrphansTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofMinutes(15);

    @Test
    void goesAfterAGraceWhereNobodyMissesIt() {
        Sketch sketch = Sketch.healthy();
        orphan(sketch, "b-9");

        Plan first = sketch.wait(PASS).plan();
        Plan waiting = sketch.planFor(GRACE.minus(PASS));
        Plan last = sketch.wait(PASS).plan();

        assertThat(phase(first, "b-9")).isEqualTo(Phase.CONDEMNED);
        assertThat(first.actions()).isEmpty();
        assertThat(waiting.actions()).isEmpty();
        assertThat(last.actions()).singleElement().isInstanceOfSatisfying(Action.Terminate.class, terminate -> {
            assertThat(terminate.node()).isEqualTo(new NodeId("b-9"));
            assertThat(terminate.spends()).isEmpty();
        });
    }

    @Test
    void isTakenInWhereOneIsMissing() {
        Sketch sketch = Sketch.healthy();
        orphan(sketch, "b-9");
        sketch.wait(PASS).plan();

        Plan plan = sketch.taken("c-1").wait(PASS).plan();

        assertThat(phase(plan, "b-9")).isEqualTo(Phase.COMING);
        assertThat(plan.actions()).isEmpty();
        assertThat(sketch.memory("b-9").condemned()).isNull();
    }

    @Test
    void theGraceBeginsAnewWhereNobodyWatched() {
        Sketch sketch = Sketch.healthy();
        orphan(sketch, "b-9");
        sketch.wait(PASS).plan();

        Plan plan = sketch.wait(Duration.ofHours(2)).restarted().plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(sketch.planFor(GRACE).actions()).singleElement().isInstanceOf(Action.Terminate.class);
    }

    @Test
    void oneThatSomeonePutIntoRotationLeavesItFirst() {
        Sketch sketch = Sketch.healthy();
        orphan(sketch, "b-9");
        sketch.state("b-9", InstanceState.RUNNING).well("b-9");
        sketch.wait(PASS).plan();

        Plan plan = sketch.planFor(GRACE);

        assertThat(plan.actions()).singleElement().isInstanceOf(Action.Deregister.class);
    }

    @Test
    void aProtectedOneStays() {
        Sketch sketch = Sketch.healthy();
        orphan(sketch, "b-9");
        sketch.protectedByTag("b-9");
        sketch.wait(PASS).plan();

        assertThat(sketch.planFor(GRACE.multipliedBy(2)).actions()).isEmpty();
    }

    @Test
    void isKnownThoughAskingAgainWasRefused() {
        Sketch sketch = Sketch.healthy().taken("b-1");
        Action.Launch launch =
                (Action.Launch) sketch.wait(PASS).plan().actions().getFirst();
        sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));
        Action.Launch again = (Action.Launch) sketch.wait(PASS).plan().actions().getFirst();
        sketch.outcome(again, new Outcome.Result.Failed(FailureKind.CAPACITY, "no room"));
        sketch.spot("b-2").wait(PASS).plan();

        sketch.launchedBy(again.resend(), "b-9");
        Plan plan = sketch.wait(PASS).plan();

        assertThat(conditions(plan)).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(phase(plan, "b-9")).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void theCheckerKeepsItForItsGrace() {
        Sketch sketch = Sketch.healthy();
        orphan(sketch, "b-9");
        sketch.state("b-9", InstanceState.RUNNING).well("b-9");
        sketch.wait(PASS).plan();
        Reason reason = requireNonNull(sketch.memory("b-9").condemned()).reason();

        assertThat(sketch.wait(PASS)
                        .breaches(
                                new Action.Deregister(new NodeId("b-9"), new TreeSet<>(Set.of(Sketch.GROUP)), reason)))
                .anyMatch(breach -> breach.contains("an orphan since"));
    }

    /** A launch got no answer for ten minutes; another node came in its place, and now its own shows up after all. */
    private static void orphan(Sketch sketch, String id) {
        sketch.taken("b-1");
        Action.Launch launch =
                (Action.Launch) sketch.wait(PASS).plan().actions().getFirst();
        sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));
        IntentId intent = sketch.memory().intents().firstKey();
        sketch.planFor(Duration.ofMinutes(11));
        sketch.spot("b-2").wait(PASS).plan();
        sketch.launchedBy(intent, id);
    }
}
