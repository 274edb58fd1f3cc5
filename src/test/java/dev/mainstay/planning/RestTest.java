package dev.mainstay.planning;

import static dev.mainstay.planning.CreditRemediesTest.obstacle;
import static dev.mainstay.planning.CreditRemediesTest.only;
import static dev.mainstay.planning.CreditRemediesTest.small;
import static dev.mainstay.planning.CreditRemediesTest.throttled;
import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.kinds;
import static dev.mainstay.planning.HealthTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that is out of rotation to earn CPU credits, and how its rest ends. */
class RestTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    /** After which a shortage is certain. */
    private static final Duration SIX_MINUTES = Duration.ofMinutes(6);

    @Test
    void restsANodeAndPutsItBackWhenItHasEarnedEnough() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.REST));
        Action rest = only(throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES));

        Plan resting = sketch.done(rest).deregistered("b-1").wait(PASS).plan();

        assertThat(rest).isInstanceOf(Action.Deregister.class);
        assertThat(phase(resting, "b-1")).isEqualTo(Phase.RESTING);
        assertThat(resting.actions()).isEmpty(); // it counts, so nobody is launched for it
        assertThat(resting.condemnations()).isEmpty();

        assertThat(idle(sketch, "b-1", 29, 60).actions()).isEmpty();
        Action back = only(idle(sketch, "b-1", 31, 10));
        Plan serving = sketch.done(back).well("b-1").wait(PASS).plan();

        assertThat(back).isInstanceOf(Action.Register.class);
        assertThat(phase(serving, "b-1")).isEqualTo(Phase.IN_SERVICE);
        assertThat(serving.actions()).isEmpty();
    }

    /** Right after our own registration an old answer of the load balancer looks as if somebody had taken it out. */
    @Test
    void blamesNobodyWhileTheLoadBalancerDoesNotShowTheReturnYet() {
        Sketch sketch = resting();
        Action back = only(idle(sketch, "b-1", 31, 10));

        Plan old = sketch.done(back).planFor(Duration.ofMinutes(3));

        assertThat(phase(old, "b-1")).isNotEqualTo(Phase.HELD_BY_SOMEONE);
        assertThat(kinds(old)).doesNotContain(ActionKind.LAUNCH);
    }

    /**
     * Passes of half a minute each, in which the load balancer shows a resting node out of rotation (o) or in it (i). Someone
     * may put it back; one old answer, or an old one that stays, tells of nobody.
     */
    @ParameterizedTest
    @CsvSource({
        "i, RESTING",
        "iiii, RESTING",
        "oi, RESTING",
        "oii, RESTING",
        "oiii, IN_SERVICE",
        "oio, RESTING",
        "oioioi, RESTING",
        "oioiii, IN_SERVICE"
    })
    void aRestEndsWhereSomeonePutsTheNodeBackAndNotForAnOldAnswer(String shown, Phase phase) {
        Sketch sketch = throttledAndResting();

        Plan plan = shown(sketch, shown);

        assertThat(phase(plan, "b-1")).isEqualTo(phase);
        assertThat(kinds(plan)).doesNotContain(ActionKind.LAUNCH);
    }

    /** Whoever put it back before it was seen out, or a call that did nothing, is believed after an hour. */
    @Test
    void aRestThatIsNeverShownEndsAfterAnHour() {
        Sketch sketch = throttledAndResting();

        assertThat(phase(shown(sketch, "i".repeat(119)), "b-1")).isEqualTo(Phase.RESTING);
        assertThat(phase(shown(sketch, "iiii"), "b-1")).isEqualTo(Phase.IN_SERVICE);
    }

    @Test
    void nobodyRestsWhoCouldNotBeTakenOut() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.REST));
        Action rest = only(throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES));

        sketch.outcome(rest, new Outcome.Result.Failed(FailureKind.UNREACHABLE, "no route"));

        assertThat(phase(sketch.wait(PASS).plan(), "b-1")).isEqualTo(Phase.IN_SERVICE);
        assertThat(only(sketch.wait(PASS).plan())).isInstanceOf(Action.Deregister.class);
    }

    @Test
    void aRestEndsAfterTwoHoursAndAHalfThoughTheClockWasSetBackByADay() {
        Sketch sketch = resting().clockSet(Duration.ofDays(-1));

        sketch.withoutSamples("b-1").planFor(Duration.ofMinutes(149));

        assertThat(kinds(sketch.planFor(Duration.ofMinutes(4)))).containsExactly(ActionKind.REGISTER);
    }

    @Test
    void aRestEndsAfterTwoHoursAndAHalfWhateverCloudWatchSays() {
        Sketch sketch = resting();

        Plan plan = sketch.withoutSamples("b-1").planFor(Duration.ofMinutes(149));
        assertThat(plan.actions()).isEmpty();

        assertThat(kinds(sketch.planFor(Duration.ofMinutes(2)))).containsExactly(ActionKind.REGISTER);
    }

    @Test
    void aRestEndsWhenTooFewServeWithoutTheNode() {
        Sketch sketch = resting().sick("a-1").sick("a-2").sick("c-1");

        assertThat(kinds(sketch.wait(PASS).plan())).contains(ActionKind.REGISTER);
    }

    @Test
    void aRestSurvivesARestart() {
        Sketch sketch = resting().restarted();

        assertThat(phase(sketch.wait(PASS).plan(), "b-1")).isEqualTo(Phase.RESTING);
    }

    @Test
    void aRestingNodeThatIsLostIsReplaced() {
        Sketch sketch = resting().state("b-1", dev.mainstay.cluster.InstanceState.TERMINATED);

        assertThat(kinds(sketch.wait(PASS).plan())).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void nobodyRestsWhileTheOthersWouldBeTooBusy() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.REST));
        Stream.of("a-1", "a-2", "c-1").forEach(id -> sketch.hour(id, 400, 61));

        Plan plan = throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES);

        assertThat(obstacle(plan, "b-1")).isInstanceOf(Reason.OthersTooBusy.class);
        assertThat(plan.actions()).isEmpty();
        assertThat(conditions(plan)).contains(ConditionName.CREDITS_EXHAUSTED);
    }

    @Test
    void nobodyRestsWhileItIsNotKnownHowBusyTheOthersAre() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.REST)).withoutSamples("c-1");

        Plan plan = throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES);

        assertThat(obstacle(plan, "b-1"))
                .isEqualTo(new Reason.RemedyUnsuited(new InstanceType("t3.small"), Unsuited.LOAD_UNKNOWN));
    }

    @Test
    void oneRestsAtATime() {
        Sketch sketch = resting();
        sketch.hour("a-1", 400, 20).hour("a-2", 400, 20);

        Plan plan = throttled(sketch, "c-1", "t3.small").planFor(SIX_MINUTES);

        assertThat(obstacle(plan, "c-1")).isEqualTo(new Reason.AnotherRests(new NodeId("b-1")));
    }

    @Test
    void nobodyRestsForLongerThanTwoHours() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().remedy(Remedy.REST).build());

        Plan plan = sketch.hour("b-1", 0, 10).planFor(SIX_MINUTES);

        // 30 credits at 6 an hour.
        assertThat(obstacle(plan, "b-1")).isEqualTo(new Reason.RestTooLong(Duration.ofHours(5), Duration.ofHours(2)));
    }

    @Test
    void nobodyRestsAtTheFloor() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.REST).min(4));

        assertThat(obstacle(throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES), "b-1"))
                .isEqualTo(new Reason.AtFloor(4, 4));
    }

    private static Sketch resting() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.REST));
        Action rest = only(throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES));
        sketch.done(rest).deregistered("b-1").wait(PASS).plan();
        return sketch;
    }

    /** Taken out of rotation just now, which the load balancer does not show yet. */
    private static Sketch throttledAndResting() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.REST));
        return sketch.done(only(throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES)));
    }

    private static Plan shown(Sketch sketch, String passes) {
        Plan plan = sketch.plan();
        for (int pass = 0; pass < passes.length(); pass++) {
            Sketch next = passes.charAt(pass) == 'i' ? sketch.well("b-1") : sketch.deregistered("b-1");
            plan = next.wait(PASS).plan();
        }
        return plan;
    }

    private static Plan idle(Sketch sketch, String id, double balance, int minutes) {
        sketch.planFor(Duration.ofMinutes(minutes));
        return sketch.hour(id, balance, 1).wait(PASS).plan();
    }
}
