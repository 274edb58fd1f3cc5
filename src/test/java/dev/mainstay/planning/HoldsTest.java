package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people hold back, and what is held back for long. */
class HoldsTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Duration SIX_MINUTES = Duration.ofMinutes(6);

    private static Sketch standingIn() {
        Sketch sketch = new Sketch(SpecDraft.micro().build())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("c-2");
        sketch.plan();
        return sketch.wait(PASS);
    }

    @Test
    void writesNothingWhilePausedNotEvenUpToTheFloorAndShowsWhatItWouldHaveDone() {
        Sketch sketch = Sketch.healthy();
        Instant end = sketch.now().plus(Duration.ofHours(2));
        sketch.told(new Control.Pause(end, "ann", "moving the database"));

        Plan plan = sketch.state("a-1", InstanceState.TERMINATED)
                .state("a-2", InstanceState.TERMINATED)
                .state("b-1", InstanceState.TERMINATED)
                .plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsOnly(GuardName.PAUSED);
        assertThat(plan.withheld()).allSatisfy(held -> assertThat(held.until()).isEqualTo(end));
        assertThat(plan.withheld().stream()
                        .mapToInt(held -> ((Action.Launch) held.action()).count())
                        .sum())
                .isEqualTo(3);
        assertThat(conditions(plan)).contains(ConditionName.PAUSED);
    }

    @Test
    void goesOnWhenThePauseEndsByItselfOrBySomeonesWord() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        sketch.told(new Control.Pause(sketch.now().plus(Duration.ofHours(1)), "ann", "a look at things"));
        assertThat(sketch.planFor(Duration.ofMinutes(59)).actions()).isEmpty();

        Plan over = sketch.planFor(Duration.ofMinutes(1));
        assertThat(kinds(over)).containsExactly(ActionKind.LAUNCH);
        assertThat(conditions(over)).doesNotContain(ConditionName.PAUSED);
        assertThat(sketch.memory().holds().pause()).isNull();

        sketch.told(new Control.Pause(sketch.now().plus(Duration.ofDays(9)), "ann", "again"));
        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();
        sketch.told(new Control.Resume("bob"));
        assertThat(kinds(sketch.wait(PASS).plan())).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void isPausedByAFileUntilItGoesOrItsTimeComes() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        sketch.pauseFile(new Surroundings.PauseFile(sketch.now(), null, "do not touch"));
        Plan paused = sketch.planFor(Duration.ofHours(1));
        assertThat(paused.actions()).isEmpty();
        assertThat(guards(paused)).containsOnly(GuardName.PAUSED);

        assertThat(kinds(sketch.pauseFile(null).wait(PASS).plan())).containsExactly(ActionKind.LAUNCH);

        Instant end = sketch.now().plus(Duration.ofMinutes(5));
        sketch.pauseFile(new Surroundings.PauseFile(sketch.now(), end, "five minutes"));
        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();
        assertThat(kinds(sketch.wait(Duration.ofMinutes(5)).plan())).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void givesNobodyUpWhileADeployRunsAndReplacesTheLostAllTheSame() {
        Sketch sketch = Sketch.healthy();
        sketch.told(new Control.DeployHold(Duration.ofMinutes(20), "ci", "release 12"));

        Plan plan = sketch.sick("b-1").planFor(SIX_MINUTES);
        assertThat(plan.condemnations()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.DEPLOY_HOLD);
        assertThat(conditions(plan)).contains(ConditionName.DEPLOY_HOLD);

        assertThat(kinds(
                        sketch.state("c-1", InstanceState.TERMINATED).wait(PASS).plan()))
                .containsExactly(ActionKind.LAUNCH);
        sketch.spot("c-2");
        sketch.planFor(Duration.ofMinutes(15));
        assertThat(sketch.memory().node(new NodeId("b-1")).orElseThrow().condemned())
                .isNotNull();
    }

    @Test
    void followsNoMarketWhileADeployRuns() {
        Sketch sketch = standingIn();
        sketch.told(new Control.DeployHold(Duration.ofMinutes(20), "ci", "release 12"));

        Plan plan = sketch.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.DEPLOY_HOLD);
        sketch.told(new Control.EndDeployHold("ci"));
        assertThat(launches(sketch.wait(PASS).plan())).hasSize(1);
    }

    @Test
    void letsNoDeployHoldLastLongerThanFourHours() {
        Sketch sketch = Sketch.healthy();
        sketch.told(new Control.DeployHold(Duration.ofDays(3), "ci", "forgotten"));
        sketch.sick("b-1");

        assertThat(sketch.planFor(Duration.ofMinutes(239)).condemnations()).isEmpty();
        assertThat(sketch.planFor(Duration.ofMinutes(1)).condemnations()).hasSize(1);
    }

    @Test
    void saysWhatHasBeenHeldBackForSixHoursAndByWhom() {
        Sketch sketch = Sketch.healthy().protectedByTag("b-1").sick("b-1");
        Plan before = sketch.planFor(Duration.ofHours(6));
        assertThat(guards(before)).containsOnly(GuardName.PROTECTED);
        assertThat(conditions(before)).doesNotContain(ConditionName.HELD_BACK);

        Plan plan = sketch.planFor(SIX_MINUTES);

        assertThat(plan.conditions())
                .filteredOn(condition -> condition.name() == ConditionName.HELD_BACK)
                .singleElement()
                .satisfies(condition -> assertThat(Wording.of(condition))
                        .isEqualTo("terminate b-1 held by protected since 2026-03-02 08:07"));
        assertThat(conditions(sketch.well("b-1").planFor(Duration.ofMinutes(2))))
                .doesNotContain(ConditionName.HELD_BACK);
    }

    @Test
    void remembersAPauseThatSomeoneForgotAfterADayOnly() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        sketch.pauseFile(new Surroundings.PauseFile(sketch.now(), null, "do not touch"));

        assertThat(conditions(sketch.planFor(Duration.ofHours(23)))).doesNotContain(ConditionName.HELD_BACK);
        assertThat(conditions(sketch.planFor(Duration.ofHours(1).plus(PASS)))).contains(ConditionName.HELD_BACK);
    }

    @Test
    void terminatesTheOthersWhenEc2RefusesOne() {
        Sketch sketch = new Sketch(SpecDraft.micro().healsPerHour(9).build())
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("b-2");
        sketch.plan();
        sketch.impaired("b-1").impaired("b-2").planFor(SIX_MINUTES);
        sketch.add("c-1", Market.SPOT, sketch.now()).add("c-2", Market.SPOT, sketch.now());
        Plan drain = sketch.wait(PASS).plan();
        assertThat(kinds(drain)).containsExactly(ActionKind.DEREGISTER, ActionKind.DEREGISTER);
        drain.actions().forEach(sketch::done);
        Plan end = sketch.deregistered("b-1").deregistered("b-2").wait(PASS).plan();
        assertThat(kinds(end)).containsExactly(ActionKind.TERMINATE, ActionKind.TERMINATE);

        sketch.outcome(end.actions().get(0), new Outcome.Result.Failed(FailureKind.PERMANENT, "OperationNotPermitted"));
        Plan after = sketch.wait(PASS).plan();

        assertThat(after.actions())
                .singleElement()
                .satisfies(action -> assertThat(action.subject())
                        .isEqualTo(end.actions().get(1).subject()));
        assertThat(guards(after)).containsExactly(GuardName.PROTECTED);
    }

    @Test
    void letsTheNextStandInGoWhereOneIsProtected() {
        Sketch sketch = new Sketch(SpecDraft.micro().build())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("a-2")
                .spot("b-2");
        sketch.plan();
        Plan plan = sketch.wait(PASS).plan();
        String first = plan.actions().getFirst().subject().orElseThrow().value();

        Plan other = sketch.protectedByTag(first).wait(PASS).plan();

        assertThat(other.actions()).singleElement().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.DEREGISTER);
            assertThat(action.subject().orElseThrow().value()).isNotEqualTo(first);
        });
    }

    @Test
    void drainsTheNextSickNodeWhereOneWasProtectedInTheMeantime() {
        Sketch sketch = Sketch.healthy().sick("b-1").impaired("c-1");
        sketch.planFor(SIX_MINUTES);
        sketch.add("b-2", Market.SPOT, sketch.now());
        List<String> first = destroyed(sketch.wait(PASS).plan());
        assertThat(first).hasSize(1);

        sketch.protectedByTag(first.getFirst());
        // Who stays is sick and serves nobody: the other one, which serves, has no successor yet.
        assertThat(destroyed(sketch.wait(PASS).plan())).isEmpty();

        sketch.add("b-3", Market.SPOT, sketch.now());
        assertThat(destroyed(sketch.wait(PASS).plan())).hasSize(1).isNotEqualTo(first);
    }

    private static List<String> destroyed(Plan plan) {
        return plan.actions().stream()
                .filter(action -> action.kind().destructive())
                .map(action -> action.subject().orElseThrow().value())
                .toList();
    }

    @Test
    void protectsANodeUntilTheTimeInItsTag() {
        Sketch sketch = Sketch.healthy();
        sketch.protectedByTag("b-1", "until=" + sketch.now().plus(Duration.ofHours(1)))
                .sick("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(59));
        assertThat(plan.condemnations()).isEmpty();
        assertThat(plan.withheld()).singleElement().satisfies(held -> {
            assertThat(held.guard()).isEqualTo(GuardName.PROTECTED);
            assertThat(held.until()).isEqualTo(sketch.now().plus(Duration.ofMinutes(1)));
        });

        assertThat(sketch.planFor(Duration.ofMinutes(1)).condemnations()).hasSize(1);
    }

    @Test
    void protectsWithoutAnEndWhereTheTimeCannotBeRead() {
        Sketch sketch = Sketch.healthy().protectedByTag("b-1", "until=tomorrow").sick("b-1");

        assertThat(sketch.planFor(Duration.ofDays(2)).condemnations()).isEmpty();
    }

    @Test
    void neverTakesTheInstanceAwayOnWhichItRuns() {
        Sketch sketch = Sketch.healthy().runsOn("b-1").sick("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(10));

        assertThat(plan.condemnations()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.SELF);
    }

    @Test
    void letsANodeBeTheirsForAnHourThatSomeoneTookOut() {
        Sketch sketch = Sketch.healthy().deregistered("b-1");
        sketch.plan();
        sketch.wait(Duration.ofMinutes(2)).plan();
        sketch.spot("b-2");

        Plan plan = sketch.wait(PASS).plan();
        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.HELD_BY_SOMEONE);
        assertThat(kinds(sketch.wait(Duration.ofHours(1)).plan())).containsExactly(ActionKind.REGISTER);
    }
}
