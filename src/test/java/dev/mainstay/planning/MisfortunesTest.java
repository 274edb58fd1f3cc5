package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.kinds;
import static dev.mainstay.planning.HealthTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several things go wrong at once. */
class MisfortunesTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    @Test
    void startsAClusterThatIsAllOnDemandWithOneCallAZone() {
        Plan plan = new Sketch(Specs.onDemandOnly(Specs.micro())).plan();

        assertThat(launches(plan)).hasSize(3).extracting(Action.Launch::pool).doesNotHaveDuplicates();
        assertThat(nodes(plan)).isEqualTo(4);
    }

    @Test
    void asksForWhatIsUrgentAndForTheRestInOneCallAZone() {
        Sketch sketch = new Sketch(micro(8, 6, 16, 0)).spot("a-1");
        sketch.plan();

        refuseAll(sketch, Market.SPOT);
        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan)).hasSize(3).extracting(Action.Launch::pool).doesNotHaveDuplicates();
        assertThat(nodes(plan)).isEqualTo(7);
    }

    @Test
    void asksForSpotBelowTheFloorWhereOnDemandIsRefused() {
        Sketch sketch = new Sketch(micro(4, 4, 8, 0)).spot("a-1").spot("b-1").spot("c-1");
        sketch.plan();

        refuseAll(sketch, Market.ON_DEMAND);
        Plan plan = sketch.plan();

        assertThat(launches(plan)).singleElement().satisfies(launch -> {
            assertThat(launch.market()).isEqualTo(Market.SPOT);
            assertThat(launch.count()).isEqualTo(1);
        });
    }

    @Test
    void plansOnWhileBlindWithMoreInServiceThanWanted() {
        Sketch sketch = Sketch.healthy().spot("b-2");
        sketch.plan();

        Plan plan = sketch.blind(Gap.Source.INSTANCES).wait(PASS).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(conditions(plan)).contains(ConditionName.CANNOT_SEE);
    }

    @Test
    void touchesNoSurplusNodeThatEc2DoesNotList() {
        Sketch sketch = Sketch.healthy().spot("b-2").spot("b-3");
        sketch.plan();
        List.of("a-2", "b-1", "b-2", "b-3", "c-1").forEach(sketch::unlisted);

        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();
    }

    @Test
    void waitsForACondemnedNodeThatEc2DoesNotListJustNow() {
        Sketch sketch = Sketch.healthy().credits("b-1", 0, 10);
        sketch.planFor(Duration.ofMinutes(6));
        sketch.spot("b-2").unlisted("b-1");

        Plan plan = sketch.wait(PASS).plan();

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void knowsItsOwnDeregistrationWhoseAnswerWasLost() {
        Sketch sketch = Sketch.healthy().spot("b-2");
        Action deregister = sketch.wait(PASS).plan().actions().getFirst();
        String id = deregister.subject().orElseThrow().value();
        sketch.outcome(deregister, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"))
                .target(id, TargetHealth.State.DRAINING, "Target.DeregistrationInProgress");

        Plan plan = sketch.wait(PASS).plan();

        assertThat(phase(plan, id)).isEqualTo(Phase.CONDEMNED);
        assertThat(plan.actions()).singleElement().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.DEREGISTER);
            assertThat(action.subject()).isEqualTo(deregister.subject());
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "UNREACHABLE", "DENIED"})
    void keepsALaunchWithoutAnAnswerWhenAskingAgainFails(FailureKind failure) {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED).wait(PASS);
        Action.Launch launch = launches(sketch.plan()).getFirst();
        sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));
        Action.Launch again = launches(sketch.wait(PASS).plan()).getFirst();

        sketch.outcome(again, new Outcome.Result.Failed(failure, "not now"));

        assertThat(launches(sketch.wait(PASS).plan()))
                .singleElement()
                .satisfies(third -> assertThat(third.resend()).isEqualTo(again.resend()));
    }

    @Test
    void stillCountsTheNodesOfALaunchWithoutAnAnswerThatAreNotYetToBeSeen() {
        Sketch sketch = new Sketch(Specs.onDemandOnly(micro(6, 1, 6, 0)));
        List<Action.Launch> launches = launches(sketch.plan());
        assertThat(launches)
                .hasSize(3)
                .allSatisfy(launch -> assertThat(launch.count()).isEqualTo(2));
        for (Action.Launch launch : launches) {
            sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));
        }
        sketch.memory().intents().keySet().forEach(intent -> sketch.launchedBy(intent, "a-" + intent.value()));

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan))
                .hasSize(3)
                .allSatisfy(again -> assertThat(again.resend()).isNotNull());
    }

    @Test
    void aTerminationThatFailsUsesNothingOfTheHealBudget() {
        Sketch sketch = Sketch.healthy().impaired("b-1");
        Action terminate = drained(sketch, "b-1", "b-2");

        for (int i = 0; i < 3; i++) {
            sketch.outcome(terminate, new Outcome.Result.Failed(FailureKind.THROTTLE, "too many calls"));
            assertThat(sketch.wait(PASS).plan().actions()).containsExactly(terminate);
        }
    }

    @Test
    void aTerminationWithoutAnAnswerUsesTheHealBudgetOnce() {
        Sketch sketch = Sketch.healthy().impaired("b-1");
        Action terminate = drained(sketch, "b-1", "b-2");

        for (int i = 0; i < 3; i++) {
            sketch.outcome(terminate, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"));
            assertThat(sketch.wait(PASS).plan().actions()).containsExactly(terminate);
        }
        sketch.outcome(terminate, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"))
                .state("b-1", InstanceState.TERMINATED)
                .wait(PASS)
                .plan();

        assertThat(sketch.memory().spent(Budget.HEAL, sketch.now())).isEqualTo(1);
    }

    @Test
    void takesNobodyOutOfRotationWhoServesThoughItsStatusChecksFail() {
        Sketch sketch = new Sketch(micro(4, 2, 4, 1))
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1");
        sketch.plan();
        List.of("a-1", "a-2", "b-1", "c-1").forEach(sketch::impaired);

        Plan plan = sketch.planFor(Duration.ofMinutes(10));

        assertThat(plan.serving()).isEqualTo(4);
        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void buriesAStoppedNodeThatLeavesNoRoomForItsReplacement() {
        Sketch sketch = new Sketch(micro(4, 2, 4, 1))
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1");
        sketch.plan();

        Plan plan = sketch.state("b-1", InstanceState.STOPPED).wait(PASS).plan();

        assertThat(kinds(plan)).containsExactly(ActionKind.TERMINATE);
    }

    @Test
    void believesNoOldSightOfANodeThatHasEnded() {
        Sketch sketch =
                Sketch.healthy().state("b-1", InstanceState.SHUTTING_DOWN).wait(PASS);
        sketch.plan();

        Plan plan = sketch.state("b-1", InstanceState.RUNNING).wait(PASS).plan();

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.LOST);
        assertThat(kinds(plan)).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void leavesAHungNodeWhileTheReplacementThatTookTheLastRoomStarts() {
        Sketch sketch = new Sketch(micro(4, 2, 5, 1))
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1");
        sketch.plan();
        sketch.sick("b-1").planFor(Duration.ofMinutes(6));

        Plan plan = sketch.add("b-2", Market.SPOT, sketch.now())
                .target("b-2", TargetHealth.State.INITIAL, "Elb.InitialHealthChecking")
                .wait(PASS)
                .plan();

        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void launchesMoreSlowlyWhenNewNodesAreNeverHealthy() {
        Sketch sketch = Sketch.healthy()
                .state("b-1", InstanceState.TERMINATED)
                .add("b-2", Market.SPOT, Sketch.healthy().now())
                .target("b-2", TargetHealth.State.INITIAL, "Elb.InitialHealthChecking");

        Plan plan = sketch.planFor(Duration.ofMinutes(16));

        assertThat(phase(plan, "b-2")).isEqualTo(Phase.KEPT_FOR_DEBUGGING);
        assertThat(conditions(plan)).contains(ConditionName.LAUNCH_BACKOFF);
    }

    @Test
    void doesNotCountADrainingNodeAsServingWhateverTheBalancerStillShows() {
        Sketch sketch = Sketch.healthy().spot("b-2");
        Action deregister = sketch.wait(PASS).plan().actions().getFirst();

        Plan plan = sketch.done(deregister).wait(PASS).plan();

        assertThat(plan.serving()).isEqualTo(4);
    }

    @Test
    void healsASickNodeThatWasOnceExhaustedWhenTheSamplesEnd() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().remedy(Remedy.UNLIMITED).build());
        sketch.credits("b-1", 0, 10).plan();

        sketch.withoutSamples("b-1").sick("b-1").planFor(Duration.ofMinutes(6));

        assertThat(phase(sketch.plan(), "b-1")).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void anOverloadWhoseSamplesAreMissingIsASharedFate() {
        Sketch sketch = Sketch.healthy();
        List<String> all = List.of("a-2", "b-1", "c-1");
        all.forEach(id -> sketch.credits(id, 0, 10));
        sketch.plan();
        all.forEach(id -> sketch.withoutSamples(id).sick(id));

        Plan plan = sketch.planFor(Duration.ofMinutes(10));

        assertThat(plan.condemnations()).isEmpty();
        assertThat(conditions(plan)).contains(ConditionName.SHARED_FATE);
    }

    /** Has the node replaced and taken out of rotation, until only its termination is left to do. */
    private static Action drained(Sketch sketch, String id, String replacement) {
        sketch.planFor(Duration.ofMinutes(6));
        sketch.spot(replacement);
        sketch.done(sketch.wait(PASS).plan().actions().getFirst()).deregistered(id);
        return sketch.wait(PASS).plan().actions().getFirst();
    }

    static ClusterSpec micro(int desired, int min, int max, int base) {
        return Specs.micro(new ClusterSpec.Capacity(desired, min, max, base, List.of(Specs.T2_MICRO), false));
    }

    /** AWS has nothing to give in that market, wherever it is asked for. */
    private static void refuseAll(Sketch sketch, Market market) {
        for (int i = 0; i < 3; i++) {
            launches(sketch.plan()).stream()
                    .filter(launch -> launch.market() == market)
                    .forEach(launch ->
                            sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.CAPACITY, "none left")));
        }
    }

    private static List<Action.Launch> launches(Plan plan) {
        return launched(plan).toList();
    }

    private static int nodes(Plan plan) {
        return launched(plan).mapToInt(Action.Launch::count).sum();
    }

    private static Stream<Action.Launch> launched(Plan plan) {
        return plan.actions().stream().filter(Action.Launch.class::isInstance).map(Action.Launch.class::cast);
    }
}
