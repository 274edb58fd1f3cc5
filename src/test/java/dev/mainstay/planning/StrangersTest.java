package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static dev.mainstay.planning.HealthTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nodes with our tag that this journal's supervisor did not launch. */
class StrangersTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    @Test
    void adoptsWhatAnEarlierJournalLaunched() {
        Sketch sketch = young();

        Plan plan = sketch.planFor(Duration.ofHours(2));

        assertThat(conditions(plan)).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void adoptsWhatAnEarlierJournalLaunchedAtTheLast() {
        Sketch sketch = young();
        sketch.plan();

        Plan plan = sketch.wait(Duration.ofMinutes(9)).launchedByAnother("b-9").plan();

        assertThat(conditions(plan)).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
    }

    @Test
    void aClockBehindAwssMakesNoStrangersOfWhatIsThereAtTheBeginning() {
        Sketch sketch = young();
        sketch.launchedAt("c-1", sketch.now().plus(Duration.ofHours(1)));

        Plan plan = sketch.planFor(Duration.ofHours(2));

        assertThat(conditions(plan)).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
    }

    @Test
    void takesWhatComesLaterForAnotherSupervisors() {
        Sketch sketch = young();
        sketch.plan();

        Plan plan = sketch.wait(Duration.ofMinutes(10)).launchedByAnother("b-9").plan();

        assertThat(conditions(plan)).contains(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(plan.conditions())
                .extracting(Condition::reason)
                .contains(new Reason.AnotherSupervisor(List.of(new NodeId("b-9")), sketch.now()));
    }

    @Test
    void adoptsANodeThatAnOperatorTagged() {
        Sketch sketch =
                Sketch.healthy().add("b-9", Market.ON_DEMAND, Sketch.healthy().now());

        Plan plan = sketch.planFor(Duration.ofHours(1));

        assertThat(conditions(plan)).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(phase(plan, "b-9")).isIn(Phase.IN_SERVICE, Phase.CONDEMNED);
    }

    @Test
    void takesNobodyAwayBesideAnotherSupervisor() {
        Sketch sketch = beside();
        sketch.sick("b-1").spot("c-2").impaired("c-1");

        Plan plan = sketch.planFor(Duration.ofHours(3));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.condemnations()).isEmpty();
        assertThat(guards(plan)).contains(GuardName.ANOTHER_SUPERVISOR);
    }

    @Test
    void endsNoDrainThatItHadBegun() {
        Sketch sketch = Sketch.healthy().spot("c-2");
        Action surplus = sketch.plan().actions().getFirst();
        assertThat(surplus).isInstanceOf(Action.Deregister.class);
        String drained = surplus.subject().orElseThrow().value();
        sketch.done(surplus).deregistered(drained).wait(PASS);

        Plan plan = sketch.launchedByAnother("b-9").plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(phase(plan, drained)).isEqualTo(Phase.DRAINING);
    }

    @Test
    void launchesOnlyUpToTheFloorAndCountsTheOthersNodes() {
        Sketch sketch = beside();
        sketch.taken("a-2").taken("b-1").taken("c-1").state("a-1", InstanceState.TERMINATED);

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launched(plan)).isEqualTo(1); // the floor is two, and b-9 is there
    }

    @Test
    void launchesNothingWhileTheFloorHolds() {
        Sketch sketch = beside().taken("a-2").taken("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(30));

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).contains(GuardName.ANOTHER_SUPERVISOR);
    }

    @Test
    void putsItsOwnIntoRotationAndNotTheOthers() {
        Sketch sketch = beside().deregistered("b-9");
        sketch.add("a-3", Market.SPOT, sketch.now()).deregistered("a-3");

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions())
                .singleElement()
                .isEqualTo(new Action.Register(
                        new NodeId("a-3"), new TreeSet<>(Set.of(Sketch.GROUP)), new Reason.NotRegistered()));
    }

    @Test
    void noTimeLiftsIt() {
        Sketch sketch = beside();
        sketch.sick("b-1").plan();

        Plan plan = sketch.wait(Duration.ofDays(20)).restarted().planFor(Duration.ofHours(1));

        assertThat(conditions(plan)).contains(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void theEndOfItsNodesDoesNotLiftIt() {
        Sketch sketch = beside().taken("b-9");

        Plan plan = sketch.planFor(Duration.ofHours(2));

        assertThat(conditions(plan)).contains(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(plan.conditions())
                .extracting(Condition::reason)
                .anySatisfy(reason -> assertThat(reason)
                        .isInstanceOfSatisfying(
                                Reason.AnotherSupervisor.class,
                                one -> assertThat(one.nodes()).isEmpty()));
    }

    @Test
    void aPersonsWordLiftsItAndTheNodesAreOurs() {
        Sketch sketch = beside().sick("b-1");
        sketch.planFor(Duration.ofMinutes(30));

        Plan plan = sketch.told(new Control.Retry("eve")).wait(PASS).plan();

        assertThat(conditions(plan)).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(plan.condemnations()).containsKey(new NodeId("b-1"));
        assertThat(sketch.planFor(Duration.ofMinutes(30)).conditions())
                .extracting(Condition::name)
                .doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
    }

    @Test
    void afterThatTheNextOneIsAnotherSupervisorsAgain() {
        Sketch sketch = beside().told(new Control.Retry("eve"));
        sketch.wait(PASS).plan();

        sketch.add("c-9", Market.SPOT, sketch.now()).intent("c-9", "one-more-of-another");

        assertThat(conditions(sketch.wait(PASS).plan())).contains(ConditionName.ANOTHER_SUPERVISOR);
    }

    @Test
    void whoeverTakesTheLaunchesTagOffItsNodesGivesThemToUs() {
        Sketch sketch = beside();
        sketch.add("c-9", Market.SPOT, sketch.now()).intent("c-9", "one-more-of-another");
        sketch.wait(PASS).plan();

        Plan one = sketch.withoutIntent("b-9").wait(PASS).plan();
        Plan both = sketch.withoutIntent("c-9").wait(PASS).plan();

        assertThat(conditions(one)).contains(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(conditions(both)).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
    }

    @Test
    void aNodeThatGetsItsTagBackIsNoStranger() {
        Sketch sketch = Sketch.healthy().launchedByUs("b-2");
        sketch.plan();
        sketch.disown("b-2");
        sketch.planFor(Duration.ofMinutes(10));
        assertThat(sketch.memory().node(new NodeId("b-2"))).isEmpty();

        sketch.wait(Duration.ofDays(2))
                .listedAgain("b-2")
                .add("b-2", Market.SPOT, sketch.now())
                .intent("b-2", "an-earlier-intent");

        assertThat(conditions(sketch.plan())).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(sketch.memory("b-2").orphaned()).isFalse();
    }

    @Test
    void anOldAnswerThatShowsANodeOfOursRunningThatEndedIsNoStranger() {
        Sketch sketch = Sketch.healthy().launchedByUs("b-2");
        sketch.plan();
        sketch.taken("b-2").planFor(Duration.ofMinutes(20));
        sketch.unlisted("b-2").wait(PASS).plan();

        sketch.add("b-2", Market.SPOT, sketch.now()).intent("b-2", "an-earlier-intent");

        assertThat(conditions(sketch.wait(PASS).plan())).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
    }

    @Test
    void theLateNodeOfALaunchWhoseOthersAreKnownIsNoStranger() {
        Sketch sketch = Sketch.healthy().launchedByUs("b-2");
        sketch.plan();

        sketch.add("b-3", Market.SPOT, sketch.now()).intent("b-3", "an-earlier-intent");

        assertThat(conditions(sketch.wait(PASS).plan())).doesNotContain(ConditionName.ANOTHER_SUPERVISOR);
    }

    @Test
    void theCheckerLetsNothingPassBesideAnotherSupervisor() {
        Sketch sketch = beside().wait(PASS);
        Reason reason = new Reason.MoreThanWanted(5, 4);
        TreeSet<TargetGroup> groups = new TreeSet<>(Set.of(Sketch.GROUP));
        Action.Launch launch = launch();

        assertThat(sketch.breaches(new Action.Deregister(new NodeId("c-1"), groups, reason)))
                .anyMatch(breach -> breach.contains("deregister of c-1 beside another supervisor"));
        assertThat(sketch.breaches(new Action.Register(new NodeId("b-9"), groups, reason)))
                .anyMatch(breach -> breach.contains("register of b-9 beside another supervisor"));
        assertThat(sketch.breaches(launch)).anyMatch(breach -> breach.contains("over the floor of 2"));
    }

    private static Action.Launch launch() {
        Sketch lacking = Sketch.healthy().taken("b-1");
        return (Action.Launch) lacking.wait(PASS).plan().actions().getFirst();
    }

    /** A cluster whose journal is new, and nodes that an earlier one launched. */
    private static Sketch young() {
        return new Sketch(Specs.micro())
                .born()
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1")
                .intent("c-1", "an-earlier-intent");
    }

    /** A healthy cluster in which someone else has just launched b-9. */
    static Sketch beside() {
        Sketch sketch = Sketch.healthy().with(SpecDraft.micro().build()).launchedByAnother("b-9");
        Plan plan = sketch.plan();
        assertThat(conditions(plan)).contains(ConditionName.ANOTHER_SUPERVISOR);
        assertThat(kinds(plan)).isEmpty();
        return sketch;
    }

    private static int launched(Plan plan) {
        return plan.actions().stream()
                .mapToInt(action -> action instanceof Action.Launch launch ? launch.count() : 0)
                .sum();
    }
}
