package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Booting spot is cover like any other, but where its pool was restless on-demand is bought beside it. */
class InsuranceTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    /** Every pool lost a node ten minutes ago, and all of them are open again; two nodes are missing. */
    private static Sketch restless() {
        Sketch sketch = Sketch.healthy().taken("a-2").taken("b-1").taken("c-1");
        sketch.plan();
        sketch.spot("a-5").spot("b-5").spot("c-5");
        sketch.planFor(Duration.ofMinutes(10));
        return sketch.taken("c-5");
    }

    @Test
    void countsOnSpotThatBootsInACalmPool() {
        Sketch sketch = Sketch.healthy().taken("b-1");

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan))
                .singleElement()
                .satisfies(launch -> assertThat(launch.market()).isEqualTo(Market.SPOT));
    }

    @Test
    void buysOnDemandBesideSpotThatBootsInARestlessPool() {
        Plan plan = restless().wait(PASS).plan();

        assertThat(launches(plan)).extracting(Action.Launch::market).containsExactly(Market.SPOT, Market.ON_DEMAND);
        assertThat(launches(plan).getLast().reason()).isInstanceOf(Reason.BootingInRestlessPool.class);
    }

    @Test
    void insuresASlotOnlyOnce() {
        Sketch sketch = restless();
        launches(sketch.wait(PASS).plan()).forEach(sketch::done);
        boot(sketch, "b-6", Market.SPOT);
        boot(sketch, "a-6", Market.ON_DEMAND);

        assertThat(launches(sketch.wait(PASS).plan())).isEmpty();
    }

    @Test
    void needsNoInsuranceOnceTheTroubleIsOld() {
        Sketch sketch = restless();
        sketch.with(SpecDraft.micro().insureFor(Duration.ofMinutes(9)).build());

        assertThat(launches(sketch.wait(PASS).plan()))
                .singleElement()
                .satisfies(launch -> assertThat(launch.market()).isEqualTo(Market.SPOT));
    }

    @Test
    void insuresAsFarAsThereIsRoom() {
        Sketch sketch = restless();
        sketch.with(SpecDraft.micro().max(4).build());

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan))
                .singleElement()
                .satisfies(launch -> assertThat(launch.market()).isEqualTo(Market.SPOT));
        assertThat(plan.withheld()).isEmpty();
    }

    @Test
    void keepsTheInsuranceUntilSpotServes() {
        Sketch sketch = restless();
        launches(sketch.wait(PASS).plan()).forEach(sketch::done);
        boot(sketch, "b-6", Market.SPOT);
        sketch.add("a-6", Market.ON_DEMAND, sketch.now());

        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();

        sketch.target("b-6", TargetHealth.State.HEALTHY, null);
        assertThat(sketch.wait(PASS).plan().actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.reason()).isInstanceOf(Reason.StandInNotNeeded.class));
    }

    /** One old answer of the load balancer does not know it yet. */
    @Test
    void insuresNobodyWhoHasServedAlready() {
        Sketch sketch = restless();
        launches(sketch.wait(PASS).plan()).forEach(sketch::done);
        boot(sketch, "b-6", Market.SPOT);
        sketch.add("a-6", Market.ON_DEMAND, sketch.now());
        sketch.target("b-6", TargetHealth.State.HEALTHY, null);
        sketch.done(sketch.wait(PASS).plan().actions().getFirst()).deregistered("a-6");

        Plan plan = sketch.target("b-6", TargetHealth.State.INITIAL, "Elb.InitialHealthChecking")
                .wait(PASS)
                .plan();

        assertThat(launches(plan)).isEmpty();
    }

    @Test
    void callsOffAStandInThatStillBootsWhenSpotServes() {
        Sketch sketch = restless();
        launches(sketch.wait(PASS).plan()).forEach(sketch::done);
        sketch.add("b-6", Market.SPOT, sketch.now());
        boot(sketch, "a-6", Market.ON_DEMAND);

        assertThat(sketch.wait(PASS).plan().actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.node()).isEqualTo(new NodeId("a-6")));
    }

    @Test
    void neverCallsOffTheBase() {
        Sketch sketch = Sketch.healthy().state("a-1", InstanceState.TERMINATED).spot("c-2");
        sketch.plan();
        boot(sketch, "a-6", Market.ON_DEMAND);

        assertThat(sketch.wait(PASS).plan().actions())
                .noneMatch(action ->
                        action.subject().filter(new NodeId("a-6")::equals).isPresent());
    }

    @Test
    void aPartialAnswerClosesThePoolForTheRest() {
        Sketch sketch = new Sketch(SpecDraft.micro().desired(8).base(0).min(0).build());
        Action.Launch three = launches(sketch.plan()).getFirst();
        assertThat(three.count()).isEqualTo(3);

        sketch.add("a-1", Market.SPOT, sketch.now());
        sketch.done(three, sketch.instance("a-1"));

        assertThat(sketch.memory().pool(three.pool()).refusedUntil())
                .isEqualTo(sketch.now().plus(Duration.ofMinutes(4)));
    }

    @Test
    void aRefusedPoolRestsFourMinutesThenSixAndIsTriedLast() {
        Sketch sketch = Sketch.healthy().taken("c-1");
        Action.Launch refused = launches(sketch.wait(PASS).plan()).getFirst();
        sketch.outcome(refused, new Outcome.Result.Failed(FailureKind.CAPACITY, "none"));
        PoolMemory once = sketch.memory().pool(refused.pool());
        assertThat(once.refusedUntil()).isEqualTo(sketch.now().plus(Duration.ofMinutes(4)));
        sketch.wait(Duration.ofMinutes(4));

        assertThat(launches(sketch.plan()).getFirst().pool()).isNotEqualTo(refused.pool());

        sketch.outcome(refused, new Outcome.Result.Failed(FailureKind.CAPACITY, "none"));
        PoolMemory twice = sketch.memory().pool(refused.pool());
        assertThat(twice.refusedUntil()).isEqualTo(sketch.now().plus(Duration.ofMinutes(6)));
        assertThat(twice.troubles().at(sketch.now())).isCloseTo(1, org.assertj.core.data.Offset.offset(0.01));
    }

    private static void boot(Sketch sketch, String id, Market market) {
        sketch.add(id, market, sketch.now()).target(id, TargetHealth.State.INITIAL, "Elb.RegistrationInProgress");
    }
}
