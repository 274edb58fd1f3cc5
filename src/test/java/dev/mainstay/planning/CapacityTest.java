package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static dev.mainstay.planning.HealthTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    @Test
    void startsWithTheBaseOnDemandAndTheRestSpotOverTheZones() {
        Plan plan = new Sketch(Specs.micro()).plan();

        assertThat(launches(plan))
                .allSatisfy(launch -> assertThat(launch.resend()).isNull());
        assertThat(launches(plan).getFirst().market()).isEqualTo(Market.ON_DEMAND);
        assertThat(launches(plan).getFirst().role()).isEqualTo(Role.BASE);
        assertThat(launches(plan).stream().mapToInt(Action.Launch::count).sum()).isEqualTo(4);
        assertThat(launches(plan).stream().map(launch -> launch.pool().zone()).distinct())
                .hasSize(3);
    }

    @Test
    void observeModeWouldHaveLaunchedNoMoreThanIsWanted() {
        Plan plan = new Sketch(Specs.with(Specs.micro(), Mode.OBSERVE)).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.withheld().stream()
                        .map(Withheld::action)
                        .map(Action.Launch.class::cast)
                        .mapToInt(Action.Launch::count)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void doesNotBelieveAnEmptyClusterWhileStrangersAreRegistered() {
        Sketch sketch = new Sketch(Specs.micro()).born().stranger("x-1");

        Plan plan = sketch.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsOnly(GuardName.STALE_OBSERVATION);
        assertThat(kinds(sketch.planFor(Duration.ofMinutes(2)))).contains(ActionKind.LAUNCH);
    }

    @Test
    void replacesALostSpotNodeInTheSamePass() {
        Plan plan = Sketch.healthy()
                .state("b-1", InstanceState.SHUTTING_DOWN)
                .wait(PASS)
                .plan();

        assertThat(launches(plan)).singleElement().satisfies(launch -> {
            assertThat(launch.market()).isEqualTo(Market.SPOT);
            assertThat(launch.count()).isEqualTo(1);
        });
    }

    @Test
    void replacesANoticedNodeWhileItStillServes() {
        Plan plan = Sketch.healthy().noticed("b-1").wait(PASS).plan();

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.DOOMED);
        assertThat(plan.serving()).isEqualTo(4);
        assertThat(kinds(plan)).containsExactly(ActionKind.LAUNCH);
        assertThat(launches(plan).getFirst().pool().zone()).isNotEqualTo(new Zone("us-east-1b"));
    }

    @Test
    void asksForOnDemandFirstBelowTheFloor() {
        Sketch sketch = Sketch.healthy();
        List.of("a-2", "b-1", "c-1").forEach(id -> sketch.state(id, InstanceState.TERMINATED));

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan)).first().satisfies(launch -> {
            assertThat(launch.market()).isEqualTo(Market.ON_DEMAND);
            assertThat(launch.role()).isEqualTo(Role.STAND_IN);
            assertThat(launch.count()).isEqualTo(1);
            assertThat(launch.reason()).isInstanceOf(Reason.FloorAtRisk.class);
        });
        assertThat(launches(plan).stream().mapToInt(Action.Launch::count).sum()).isEqualTo(3);
    }

    @Test
    void triesThePoolsOneAfterTheOtherAndThenStandsInOnDemand() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED).wait(PASS);
        for (int pool = 0; pool < 3; pool++) {
            Plan plan = sketch.plan();
            Action.Launch launch = launches(plan).getFirst();
            assertThat(launch.market()).isEqualTo(Market.SPOT);
            sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.CAPACITY, "none"));
        }

        Plan plan = sketch.plan();

        assertThat(launches(plan)).singleElement().satisfies(launch -> {
            assertThat(launch.market()).isEqualTo(Market.ON_DEMAND);
            assertThat(launch.reason()).isInstanceOf(Reason.NoSpotPool.class);
        });
        assertThat(conditions(plan)).contains(ConditionName.SPOT_UNAVAILABLE);
    }

    @Test
    void aRepetitionThatIsHeldBackKeepsItsToken() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED).wait(PASS);
        Action.Launch launch = launches(sketch.plan()).getFirst();
        sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));
        Action.Launch again = launches(sketch.wait(PASS).plan()).getFirst();
        sketch.outcome(again, new Outcome.Result.Dropped("seen long ago"));

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan))
                .singleElement()
                .satisfies(third -> assertThat(third.resend()).isEqualTo(again.resend()));
    }

    @Test
    void countsALaunchWithoutAnAnswerAndAsksAgainWithTheSameToken() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED).wait(PASS);
        Action.Launch launch = launches(sketch.plan()).getFirst();
        sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan)).singleElement().satisfies(again -> {
            assertThat(again.resend()).isNotNull();
            assertThat(again.pool()).isEqualTo(launch.pool());
        });
    }

    @Test
    void givesALaunchUpThatWasNeverAnswered() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED).wait(PASS);
        sketch.outcome(
                launches(sketch.plan()).getFirst(), new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));

        Plan plan = sketch.planFor(Duration.ofMinutes(11));

        assertThat(launches(plan))
                .singleElement()
                .satisfies(launch -> assertThat(launch.resend()).isNull());
    }

    @Test
    void takesANodeForLostOnlyWhenEc2DeniesItAgainAndAgain() {
        Sketch sketch = Sketch.healthy().unlisted("b-1");
        assertThat(sketch.planFor(Duration.ofMinutes(10)).actions()).isEmpty();

        sketch.vanished("b-1");

        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();
        assertThat(kinds(sketch.planFor(Duration.ofMinutes(3)))).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void takesNoServingNodeOutInThePlaceOfASuspectThatMayNotGo() {
        Sketch sketch = Sketch.healthy();
        sketch.planFor(Duration.ofMinutes(10));
        sketch.add("b-9", Market.SPOT, sketch.now().minus(Duration.ofHours(1)))
                .protectedByTag("b-1")
                .sick("b-1");

        assertThat(sketch.planFor(Duration.ofMinutes(3)).actions())
                .noneMatch(action -> action.kind().destructive());
    }

    @Test
    void takesANodeForLostOnlyWhereEc2DidNotKnowItAgainInBetween() {
        Sketch sketch = Sketch.healthy().vanished("b-1");
        sketch.plan();
        sketch.wait(PASS).plan();

        sketch.listedAgain("b-1").wait(PASS).plan(); // by its id alone

        sketch.vanished("b-1");
        assertThat(sketch.planFor(Duration.ofMinutes(1)).actions()).isEmpty();
        assertThat(kinds(sketch.planFor(Duration.ofMinutes(2)))).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void replacesANodeThatSomeoneTookForHimself() {
        Sketch sketch = Sketch.healthy();
        sketch.planFor(Duration.ofMinutes(10));
        sketch.disown("b-1");
        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();

        Plan plan = sketch.planFor(Duration.ofMinutes(2));

        assertThat(kinds(plan)).containsExactly(ActionKind.LAUNCH);
        assertThat(plan.nodes())
                .filteredOn(node -> node.id().equals(new NodeId("b-1")))
                .singleElement()
                .satisfies(node -> assertThat(node.reason()).isInstanceOf(Reason.Disowned.class));
    }

    @Test
    void takesTagsThatAllWentAtOnceForNobodysWish() {
        Sketch sketch = Sketch.healthy();
        List.of("a-1", "b-1", "c-1").forEach(sketch::disown);

        assertThat(sketch.planFor(Duration.ofMinutes(30)).actions()).isEmpty();
    }

    @Test
    void launchesNothingWhileInstancesCannotBeReadForALittle() {
        Plan plan = Sketch.healthy().blind(Gap.Source.INSTANCES).planFor(Duration.ofMinutes(30));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.serving()).isEqualTo(4);
    }

    @Test
    void releasesTheYoungestOfTheFullestZoneWhenThereAreTooMany() {
        Sketch sketch = Sketch.healthy();
        sketch.add("c-2", Market.SPOT, sketch.now().minus(Duration.ofMinutes(20)));

        Plan plan = sketch.planFor(PASS);

        assertThat(plan.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.node()).isEqualTo(new NodeId("c-2")));
    }

    @Test
    void launchesNoMoreThanMaxAndSaysWhatItHeldBack() {
        Sketch sketch = new Sketch(Specs.micro(new ClusterSpec.Capacity(4, 1, 4, 1, List.of(Specs.T2_MICRO), false)))
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1");
        sketch.plan();

        Plan plan = sketch.noticed("b-1").noticed("c-1").wait(PASS).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsOnly(GuardName.MAX_NODES);
    }

    @Test
    void spendsNoMoreThanItsCapAboveTheFloor() {
        Sketch sketch =
                new Sketch(SpecDraft.micro().onDemandOnly().usdPerHour(0.04).build()).onDemand("a-1");
        sketch.plan();

        Plan plan = sketch.wait(PASS).plan();

        // Three at 0.0116 USD an hour fit under 0.04.
        assertThat(launches(plan).stream().mapToInt(Action.Launch::count).sum()).isEqualTo(2);
        assertThat(guards(plan)).containsExactly(GuardName.SPENDING_CAP);
    }

    @Test
    void buriesAStoppedNodeOnceTheClusterIsWhole() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.STOPPED);
        assertThat(kinds(sketch.wait(PASS).plan())).containsExactly(ActionKind.LAUNCH);

        sketch.spot("b-2");

        assertThat(kinds(sketch.wait(PASS).plan())).containsExactly(ActionKind.TERMINATE);
    }

    @Test
    void takesAllBudgetsForSpentWhenTheJournalWasLost() {
        Sketch sketch = new Sketch(Specs.micro())
                .born()
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1")
                .intent("c-1", "an-earlier-intent");

        sketch.plan();

        for (Budget budget : Budget.values()) {
            assertThat(sketch.memory().spent(budget, sketch.now())).isEqualTo(budget.limit(sketch.spec()));
        }
    }

    @Test
    void takesTheLaunchTemplatesTypeWhereTheConfigNamesNone() {
        ClusterSpec spec = Specs.onDemandOnly(Specs.micro(new ClusterSpec.Capacity(2, 1, 4, 1, List.of(), false)));
        InstanceType small = new InstanceType("t3.small");

        assertThat(launches(new Sketch(spec).template(small).plan()))
                .isNotEmpty()
                .allSatisfy(launch -> assertThat(launch.pool().type()).isEqualTo(small));
        assertThat(new Sketch(spec).plan().actions()).isEmpty();
    }

    static List<Action.Launch> launches(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .toList();
    }
}
