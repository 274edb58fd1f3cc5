package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    private static final Duration SIX_MINUTES = Duration.ofMinutes(6);

    @Test
    void leavesAHealthyClusterAlone() {
        Sketch sketch = Sketch.healthy();

        for (int pass = 0; pass < 100; pass++) {
            assertThat(sketch.wait(Duration.ofSeconds(30)).plan().actions()).isEmpty();
        }
    }

    @Test
    void waitsBeforeANodeIsLongUnhealthy() {
        Sketch sketch = Sketch.healthy().sick("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(4));

        assertThat(plan.actions()).isEmpty();
        assertThat(phase(plan, "b-1")).isEqualTo(Phase.SUSPECT);
    }

    @Test
    void launchesTheReplacementBeforeAnythingIsTakenAway() {
        Sketch sketch = Sketch.healthy().sick("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(5));

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
        assertThat(kinds(plan)).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void drainsTheSickNodeOnceItsReplacementServesAndThenTerminatesIt() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(SIX_MINUTES);

        sketch.add("b-2", Market.SPOT, sketch.now());
        Plan draining = sketch.wait(Duration.ofSeconds(30)).plan();
        assertThat(draining.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.node()).isEqualTo(new NodeId("b-1")));

        sketch.done(draining.actions().getFirst()).target("b-1", TargetHealth.State.DRAINING, null);
        assertThat(sketch.wait(Duration.ofSeconds(30)).plan().actions()).isEmpty();

        sketch.deregistered("b-1");
        Plan end = sketch.wait(Duration.ofSeconds(30)).plan();
        assertThat(end.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Terminate.class,
                        action -> assertThat(action.node()).isEqualTo(new NodeId("b-1")));
    }

    @Test
    void terminatesANodeWhoseDrainNeverEnds() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(SIX_MINUTES);
        sketch.add("b-2", Market.SPOT, sketch.now());
        Plan draining = sketch.wait(Duration.ofSeconds(30)).plan();
        sketch.done(draining.actions().getFirst()).target("b-1", TargetHealth.State.DRAINING, null);

        Plan plan = sketch.planFor(Duration.ofMinutes(2));

        assertThat(kinds(plan)).containsExactly(ActionKind.TERMINATE);
    }

    @Test
    void keepsANodeThatGotWellBeforeItWasTakenOut() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(SIX_MINUTES);

        Plan plan = sketch.well("b-1").planFor(Duration.ofMinutes(2));

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.IN_SERVICE);
    }

    @Test
    void aBriefRecoveryDoesNotEndAnIllness() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(Duration.ofMinutes(4));
        sketch.well("b-1").wait(Duration.ofSeconds(30)).plan();

        Plan plan = sketch.sick("b-1").planFor(Duration.ofMinutes(1));

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
    }

    @ParameterizedTest
    @CsvSource({
        "UNHEALTHY, Elb.InternalError",
        "INITIAL, Elb.RegistrationInProgress",
        "UNUSED, Target.NotInUse",
        "UNAVAILABLE, Target.HealthCheckDisabled"
    })
    void blamesNoNodeForWhatIsTheBalancersFault(TargetHealth.State state, String reason) {
        Sketch sketch = Sketch.healthy().target("b-1", state, reason);

        Plan plan = sketch.planFor(Duration.ofHours(1));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.condemnations()).isEmpty();
    }

    @Test
    void condemnsANodeWhoseStatusChecksFail() {
        Plan plan = Sketch.healthy().impaired("c-1").planFor(SIX_MINUTES);

        assertThat(phase(plan, "c-1")).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void neverDrainsBelowTheFloor() {
        Sketch sketch = new Sketch(Specs.micro(
                        new dev.mainstay.cluster.ClusterSpec.Capacity(2, 2, 4, 1, List.of(Specs.T2_MICRO), false)))
                .onDemand("a-1")
                .spot("b-1");
        sketch.plan();
        sketch.sick("b-1").planFor(SIX_MINUTES);

        Plan plan = sketch.wait(Duration.ofSeconds(30)).plan();

        assertThat(kinds(plan)).containsOnly(ActionKind.LAUNCH);
    }

    @Test
    void destroysNothingWhileTheBalancerCannotBeRead() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(SIX_MINUTES);
        sketch.add("b-2", Market.SPOT, sketch.now()).blind(Gap.Source.TARGET_HEALTH);

        Plan plan = sketch.planFor(Duration.ofMinutes(5));

        assertThat(kinds(plan)).doesNotContain(ActionKind.DEREGISTER, ActionKind.TERMINATE);
        assertThat(conditions(plan)).contains(ConditionName.CANNOT_SEE);
    }

    @Test
    void startsAnIllnessAnewAfterNobodyWatched() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(Duration.ofMinutes(4));

        Plan plan = sketch.wait(Duration.ofMinutes(40)).plan();

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.SUSPECT);
    }

    @Test
    void startsAnIllnessAnewAfterTheClockWasSet() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(Duration.ofMinutes(4));

        Plan plan = sketch.wait(Duration.ofSeconds(30))
                .clockSet(Duration.ofSeconds(80))
                .plan();

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.SUSPECT);
    }

    @Test
    void keepsItsTimersOverAShortRestart() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(Duration.ofMinutes(4));

        Plan plan = sketch.restarted().planFor(Duration.ofMinutes(1));

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void givesUpALaunchThatWasNeverHealthy() {
        Sketch sketch = Sketch.healthy().state("b-1", dev.mainstay.cluster.InstanceState.TERMINATED);
        sketch.add("b-2", Market.SPOT, sketch.now()).target("b-2", TargetHealth.State.UNHEALTHY, "Target.Timeout");

        Plan plan = sketch.planFor(Duration.ofMinutes(15));

        assertThat(phase(plan, "b-2")).isEqualTo(Phase.CONDEMNED);
        assertThat(sketch.memory().launchBackOff()).isNotNull();
        assertThat(kinds(sketch.planFor(Duration.ofMinutes(1)))).contains(ActionKind.LAUNCH);
    }

    @Test
    void neverTouchesAProtectedNode() {
        Sketch sketch = Sketch.healthy().protectedByTag("b-1").sick("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(20));

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsOnly(GuardName.PROTECTED);
    }

    @Test
    void doesNotAskAgainAtOnceForATerminationThatEc2Refused() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.planFor(SIX_MINUTES);
        sketch.add("b-2", Market.SPOT, sketch.now());
        sketch.done(sketch.wait(Duration.ofSeconds(30)).plan().actions().getFirst())
                .deregistered("b-1");
        Action terminate = sketch.wait(Duration.ofSeconds(30)).plan().actions().getFirst();
        sketch.outcome(terminate, new Outcome.Result.Failed(FailureKind.PERMANENT, "OperationNotPermitted"));

        Plan held = sketch.wait(Duration.ofSeconds(30)).plan();

        assertThat(held.actions()).isEmpty();
        assertThat(guards(held)).containsExactly(GuardName.PROTECTED);
        assertThat(conditions(held)).contains(ConditionName.CANNOT_ACT);
        assertThat(kinds(sketch.planFor(Duration.ofHours(1)))).containsExactly(ActionKind.TERMINATE);
        assertThat(conditions(sketch.plan())).doesNotContain(ConditionName.CANNOT_ACT);
    }

    @Test
    void healsNoMoreThanItsBudgetAnHour() {
        Sketch sketch = Sketch.healthy().with(SpecDraft.micro().healsPerHour(1).build());
        Action.Terminate earlier = new Action.Terminate(new NodeId("x-1"), true, new Reason.NotRegistered());
        sketch.done(earlier);
        sketch.sick("b-1").planFor(SIX_MINUTES);
        sketch.add("b-2", Market.SPOT, sketch.now());

        Plan plan = sketch.wait(Duration.ofSeconds(30)).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.HEAL_BUDGET);
        assertThat(kinds(sketch.planFor(Duration.ofHours(1)))).containsExactly(ActionKind.DEREGISTER);
    }

    @Test
    void drainsNoMoreSickNodesThanItMayTerminate() {
        Sketch sketch = Sketch.healthy().with(SpecDraft.micro().healsPerHour(1).build());
        sketch.impaired("b-1").impaired("c-1").planFor(SIX_MINUTES);
        sketch.add("b-2", Market.SPOT, sketch.now()).add("c-2", Market.SPOT, sketch.now());

        Plan plan = sketch.wait(Duration.ofSeconds(30)).plan();

        assertThat(kinds(plan)).containsExactly(ActionKind.DEREGISTER);
        assertThat(guards(plan)).containsExactly(GuardName.HEAL_BUDGET);
    }

    @Test
    void observeModeSaysWhatItWouldHaveDone() {
        Sketch sketch =
                Sketch.healthy().with(Specs.with(Specs.micro(), Mode.OBSERVE)).sick("b-1");

        Plan plan = sketch.planFor(SIX_MINUTES);

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.withheld()).singleElement().satisfies(withheld -> {
            assertThat(withheld.guard()).isEqualTo(GuardName.OBSERVE_MODE);
            assertThat(withheld.action().kind()).isEqualTo(ActionKind.LAUNCH);
        });
    }

    @Test
    void doesNothingForOneListOfTargetsThatMissesANode() {
        Sketch sketch = Sketch.healthy().deregistered("b-1");

        assertThat(sketch.wait(Duration.ofSeconds(30)).plan().actions()).isEmpty();
        assertThat(sketch.well("b-1").wait(Duration.ofSeconds(30)).plan().actions())
                .isEmpty();
    }

    @Test
    void judgesNoLaunchWhileItsTargetGroupSendsNoTraffic() {
        Sketch sketch = Sketch.healthy();
        sketch.add("b-2", Market.SPOT, sketch.now()).target("b-2", TargetHealth.State.UNUSED, "Target.NotInUse");

        assertThat(sketch.planFor(Duration.ofHours(1)).condemnations()).isEmpty();
    }

    @Test
    void leavesANodeAloneThatSomeoneTookOut() {
        Sketch sketch = Sketch.healthy().deregistered("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(30));

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.HELD_BY_SOMEONE);
        assertThat(kinds(plan)).containsExactly(ActionKind.LAUNCH);
    }

    static List<ActionKind> kinds(Plan plan) {
        return plan.actions().stream().map(Action::kind).toList();
    }

    static List<GuardName> guards(Plan plan) {
        return plan.withheld().stream().map(Withheld::guard).toList();
    }

    static List<ConditionName> conditions(Plan plan) {
        return plan.conditions().stream().map(Condition::name).toList();
    }

    static Phase phase(Plan plan, String id) {
        return plan.nodes().stream()
                .filter(node -> node.id().value().equals(id))
                .findFirst()
                .orElseThrow()
                .phase();
    }
}
