package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** New nodes that never become healthy. */
class FailedLaunchTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    private int launched = 10;

    @Test
    void keepsTheLastOneOutOfRotation() {
        Sketch sketch = lacking(SpecDraft.micro().build(), 1);
        String failed = launch(sketch, sketch.wait(PASS).plan()).getFirst();
        sketch.planFor(DEADLINE);

        Plan plan = sketch.wait(PASS).plan();

        assertThat(HealthTest.phase(plan, failed)).isEqualTo(Phase.KEPT_FOR_DEBUGGING);
        assertThat(plan.actions())
                .filteredOn(action -> action.kind() == ActionKind.DEREGISTER)
                .extracting(action -> action.subject().orElseThrow())
                .containsExactly(new NodeId(failed));
        assertThat(plan.actions()).noneMatch(action -> action.kind() == ActionKind.TERMINATE);
    }

    @Test
    void oneThatEndsForWantOfRoomIsARefusalThatCameLateAndNoFailure() {
        Sketch sketch = lacking(SpecDraft.micro().build(), 1);
        String ended = launch(sketch, sketch.wait(PASS).plan()).getFirst();
        Pool pool = sketch.instance(ended).pool();

        Plan plan = sketch.ended(ended, "Server.InsufficientInstanceCapacity")
                .wait(PASS)
                .plan();

        assertThat(sketch.memory().launchBackOff()).isNull();
        assertThat(sketch.memory().pool(pool).refusedUntil()).isNotNull();
        assertThat(plan.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Launch.class, launch -> assertThat(launch.pool()).isNotEqualTo(pool));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Client.VolumeLimitExceeded", "Client.InternalError", "Server.InternalError"})
    void oneThatEndsForAnyOtherReasonMakesLaunchesWait(String reason) {
        Sketch sketch = lacking(SpecDraft.micro().build(), 1);
        String ended = launch(sketch, sketch.wait(PASS).plan()).getFirst();

        sketch.ended(ended, reason).wait(PASS).plan();

        assertThat(sketch.memory().launchBackOff()).isNotNull();
    }

    @Test
    void keepsOneOnlyAndTerminatesTheOthersWithoutTheHealBudget() {
        Sketch sketch = lacking(SpecDraft.micro().healsPerHour(0).build(), 2);
        List<String> failed = launch(sketch, sketch.wait(PASS).plan());
        sketch.planFor(DEADLINE);

        Plan plan = out(sketch);

        assertThat(kept(plan)).hasSize(1).isSubsetOf(failed);
        assertThat(plan.actions())
                .filteredOn(action -> action.kind() == ActionKind.TERMINATE)
                .singleElement()
                .satisfies(action -> assertThat(kept(plan))
                        .doesNotContain(action.subject().orElseThrow().value()));
    }

    @Test
    void letsTheFormerOneGoWhenAnotherFails() {
        Sketch sketch = lacking(SpecDraft.micro().build(), 1);
        String first = fail(sketch);

        String second = fail(sketch);
        Plan plan = sketch.wait(PASS).plan();

        assertThat(kept(plan)).containsExactly(second);
        assertThat(plan.actions())
                .filteredOn(action -> action.kind() == ActionKind.TERMINATE)
                .extracting(action -> action.subject().orElseThrow().value())
                .containsExactly(first);
    }

    @Test
    void letsItGoAfterADayEvenIfMainstayWasRestarted() {
        Sketch sketch = lacking(SpecDraft.micro().build(), 1);
        String failed = fail(sketch);
        sketch.spot("b-77").plan();

        sketch.wait(Duration.ofHours(23)).restarted();
        assertThat(kept(sketch.plan())).containsExactly(failed);

        Plan plan = sketch.planFor(Duration.ofMinutes(61));
        assertThat(HealthTest.kinds(plan)).containsExactly(ActionKind.TERMINATE);
    }

    @Test
    void letsItGoWhereItTakesTheRoomOfAReplacement() {
        Sketch sketch = lacking(SpecDraft.micro().max(4).build(), 1);
        fail(sketch);

        Plan plan = sketch.wait(PASS).plan();

        assertThat(HealthTest.kinds(plan)).contains(ActionKind.TERMINATE);
    }

    @Test
    void keepsNoneWhereNoneIsWanted() {
        Sketch sketch = lacking(SpecDraft.micro().keepFailed(Duration.ZERO).build(), 1);
        fail(sketch);

        assertThat(HealthTest.kinds(sketch.wait(PASS).plan())).contains(ActionKind.TERMINATE);
    }

    @Test
    void countsTheKeptOneNotAtAll() {
        Sketch sketch = lacking(SpecDraft.micro().build(), 1);
        fail(sketch);

        Plan plan = sketch.planFor(Duration.ofMinutes(2));

        assertThat(HealthTest.kinds(plan)).contains(ActionKind.LAUNCH);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 5", "4, 10", "5, 20", "6, 20"})
    void waitsLongerAfterEachFailure(int failures, int minutes) {
        Sketch sketch = lacking(SpecDraft.micro().build(), 1);
        for (int i = 0; i < failures; i++) {
            fail(sketch);
        }
        Memory.LaunchBackOff backOff = Objects.requireNonNull(sketch.memory().launchBackOff());

        assertThat(backOff.failures()).isEqualTo(failures);
        assertThat(Duration.between(sketch.now(), backOff.retryAt()))
                .isBetween(
                        Duration.ofMinutes(minutes).minus(PASS.multipliedBy(3)),
                        Duration.ofMinutes(minutes).plus(PASS));
    }

    @Test
    void triesOneAfterASecondFailureAndTheOthersWhenItIsHealthy() {
        Sketch sketch = lacking(SpecDraft.micro().min(1).build(), 2);
        failAll(sketch);
        failAll(sketch);

        Plan plan = untilLaunch(sketch);
        assertThat(count(plan)).isEqualTo(1);
        String tried = launch(sketch, plan).getFirst();
        assertThat(count(sketch.planFor(Duration.ofMinutes(5)))).isZero();

        assertThat(count(sketch.well(tried).wait(PASS).plan())).isEqualTo(1);
        assertThat(sketch.memory().launchBackOff()).isNull();
    }

    @Test
    void neverWaitsWithWhatIsMissingToTheFloor() {
        Sketch sketch = lacking(SpecDraft.micro().min(3).build(), 2);
        launch(sketch, untilLaunch(sketch));

        Plan plan = sketch.planFor(DEADLINE);

        assertThat(count(plan)).isEqualTo(1);
        assertThat(plan.withheld()).extracting(Withheld::guard).contains(GuardName.LAUNCH_BACKOFF);
    }

    /** Four were wanted, and so many of them have just been lost. */
    private static Sketch lacking(ClusterSpec spec, int lost) {
        Sketch sketch = new Sketch(spec).onDemand("a-1").spot("a-2").spot("b-1").spot("c-1");
        sketch.plan();
        sketch.state("b-1", InstanceState.TERMINATED);
        if (lost > 1) {
            sketch.state("c-1", InstanceState.TERMINATED);
        }
        return sketch;
    }

    /** What is launched next fails; the id of the last of them, which is out of rotation. */
    private String fail(Sketch sketch) {
        return failAll(sketch).getLast();
    }

    private List<String> failAll(Sketch sketch) {
        List<String> ids = launch(sketch, untilLaunch(sketch));
        sketch.planFor(DEADLINE);
        out(sketch);
        return ids;
    }

    /** Whoever is to be taken out of rotation is; the plan after that. */
    private static Plan out(Sketch sketch) {
        Plan plan = sketch.wait(PASS).plan();
        plan.actions().stream()
                .filter(action -> action.kind() == ActionKind.DEREGISTER)
                .forEach(action -> {
                    sketch.done(action);
                    sketch.deregistered(action.subject().orElseThrow().value());
                });
        return sketch.wait(PASS).plan();
    }

    private Plan untilLaunch(Sketch sketch) {
        for (int pass = 0; pass < 60; pass++) {
            Plan plan = sketch.wait(PASS).plan();
            if (count(plan) > 0) {
                return plan;
            }
            plan.actions().stream()
                    .filter(action -> action.kind() == ActionKind.TERMINATE)
                    .forEach(action -> sketch.done(action)
                            .state(action.subject().orElseThrow().value(), InstanceState.TERMINATED));
        }
        throw new AssertionError("nothing launched in 30 minutes");
    }

    private List<String> launch(Sketch sketch, Plan plan) {
        List<String> ids = new ArrayList<>();
        for (Action action : plan.actions()) {
            if (action instanceof Action.Launch launch) {
                for (int i = 0; i < launch.count(); i++) {
                    String id = launch.pool().zone().value().substring(9) + "-" + launched++;
                    sketch.launched(launch.of(1), id);
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static int count(Plan plan) {
        return plan.actions().stream()
                .mapToInt(action -> action instanceof Action.Launch launch ? launch.count() : 0)
                .sum();
    }

    private static List<String> kept(Plan plan) {
        return plan.nodes().stream()
                .filter(node -> node.phase() == Phase.KEPT_FOR_DEBUGGING)
                .map(node -> node.id().value())
                .toList();
    }
}
