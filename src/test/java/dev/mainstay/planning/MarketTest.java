package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    /** All spot is gone; two stand-ins serve beside the base and one spot node. */
    private static Sketch standingIn() {
        Sketch sketch = new Sketch(Specs.micro())
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("c-2");
        sketch.plan();
        return sketch;
    }

    @Test
    void returnsOneSpotNodeFirstAndThenLetsAStandInGo() {
        Sketch sketch = standingIn();

        Plan launch = sketch.wait(PASS).plan();
        assertThat(launches(launch)).singleElement().satisfies(one -> {
            assertThat(one.market()).isEqualTo(Market.SPOT);
            assertThat(one.returning()).isTrue();
            assertThat(one.count()).isEqualTo(1);
        });
        assertThat(conditions(launch)).contains(ConditionName.STANDING_IN);

        sketch.done(launch.actions().getFirst());
        sketch.add("a-2", Market.SPOT, sketch.now());
        Plan release = sketch.wait(PASS).plan();

        assertThat(release.actions()).singleElement().isInstanceOfSatisfying(Action.Deregister.class, action -> {
            assertThat(action.reason()).isInstanceOf(Reason.StandInNotNeeded.class);
            assertThat(action.node().value()).isNotEqualTo("c-2");
        });
    }

    @Test
    void beginsNoSecondReturnWhileAStandInDrains() {
        Sketch sketch = standingIn();
        sketch.done(sketch.wait(PASS).plan().actions().getFirst());
        sketch.add("a-2", Market.SPOT, sketch.now());
        Action.Deregister release =
                (Action.Deregister) sketch.wait(PASS).plan().actions().getFirst();
        sketch.done(release).target(release.node().value(), TargetHealth.State.DRAINING, null);

        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();
    }

    @Test
    void returnsNoOftenerThanItsBudget() {
        Sketch sketch = standingIn();
        for (int use = 0; use < 24; use++) {
            sketch.done(returning());
        }

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.RETURN_BUDGET);
    }

    @Test
    void aRefusedReturnUsesNothingOfTheBudget() {
        Sketch sketch = standingIn();
        sketch.outcome(returning(), new Outcome.Result.Failed(FailureKind.CAPACITY, "none"));

        assertThat(sketch.memory().spent(Budget.RETURN, sketch.now())).isZero();
    }

    @Test
    void neverReturnsUnderTheBase() {
        Sketch sketch = Sketch.healthy();
        sketch.spot("b-2");

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.node()).isNotEqualTo(new NodeId("a-1")));
    }

    @Test
    void replacesASickBaseNodeOnDemand() {
        Plan plan = Sketch.healthy().sick("a-1").planFor(Duration.ofMinutes(6));

        assertThat(launches(plan))
                .singleElement()
                .satisfies(launch -> assertThat(launch.market()).isEqualTo(Market.ON_DEMAND));
    }

    @Test
    void closesAPoolAboveOnDemandAndOpensItOnlyOnceItStayedLow() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        var start = sketch.now();
        for (String zone : new String[] {"a", "b", "c"}) {
            sketch.price(
                    zone,
                    change(start.minus(Duration.ofDays(2)), 0.003),
                    change(start.minus(Duration.ofHours(1)), 0.03));
        }
        assertThat(launches(sketch.wait(PASS).plan()))
                .singleElement()
                .satisfies(launch -> assertThat(launch.market()).isEqualTo(Market.ON_DEMAND));

        Sketch calm = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        calm.price(
                "c",
                change(start.minus(Duration.ofDays(2)), 0.03),
                change(calm.now().minus(Duration.ofMinutes(16)), 0.003));
        calm.price(
                "a",
                change(start.minus(Duration.ofDays(2)), 0.03),
                change(calm.now().minus(Duration.ofMinutes(14)), 0.003));
        calm.price("b", change(start.minus(Duration.ofDays(2)), 0.03));
        assertThat(launches(calm.wait(PASS).plan()))
                .singleElement()
                .satisfies(launch -> assertThat(launch.pool().zone()).isEqualTo(new Zone("us-east-1c")));
    }

    /** The base is in the second zone, so the first stand-in and the third belong in the same one. */
    @Test
    void asksForOnDemandOnceAPoolThoughForTwoReasons() {
        Sketch sketch = new Sketch(Specs.micro());
        Plan plan = sketch.onDemand("b-1")
                .spot("a-1")
                .spot("a-2")
                .spot("c-1")
                .noticed("a-1")
                .noticed("a-2")
                .noticed("c-1")
                .price("b", change(sketch.now().minus(Duration.ofDays(2)), 0.05))
                .plan();

        assertThat(launches(plan))
                .allSatisfy(launch -> assertThat(launch.market()).isEqualTo(Market.ON_DEMAND));
        assertThat(launches(plan)).extracting(Action.Launch::pool).doesNotHaveDuplicates();
        assertThat(launches(plan)).extracting(Action.Launch::count).containsExactly(2, 1);
        assertThat(launches(plan).getFirst().reason()).isInstanceOf(Reason.FloorAtRisk.class);
        assertThat(launches(plan).getLast().reason()).isInstanceOf(Reason.NoSpotPool.class);
    }

    @Test
    void takesSpotBelowTheFloorWhereOnDemandIsRefusedEverywhere() {
        Sketch sketch = Sketch.healthy();
        List.of("a-2", "b-1", "c-1").forEach(id -> sketch.state(id, InstanceState.TERMINATED));
        for (int zone = 0; zone < 3; zone++) {
            Action.Launch launch = launches(sketch.wait(PASS).plan()).getFirst();
            assertThat(launch.market()).isEqualTo(Market.ON_DEMAND);
            sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.CAPACITY, "none"));
        }

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan))
                .allSatisfy(launch -> assertThat(launch.market()).isEqualTo(Market.SPOT));
        assertThat(launches(plan).stream().mapToInt(Action.Launch::count).sum()).isEqualTo(3);
    }

    @Test
    void callsSpotUnavailableUntilALaunchHasSucceeded() {
        Sketch sketch = Sketch.healthy().noticed("a-2").noticed("b-1").noticed("c-1");
        assertThat(conditions(sketch.plan())).contains(ConditionName.SPOT_UNAVAILABLE);
        List.of("a-2", "b-1", "c-1").forEach(id -> sketch.state(id, InstanceState.TERMINATED));
        sketch.onDemand("a-3").onDemand("b-3").onDemand("c-3");

        Plan open = sketch.planFor(Duration.ofMinutes(5));
        assertThat(launches(open))
                .singleElement()
                .satisfies(launch -> assertThat(launch.returning()).isTrue());
        assertThat(conditions(open)).contains(ConditionName.SPOT_UNAVAILABLE);

        sketch.done(open.actions().getFirst());
        sketch.add("a-4", Market.SPOT, sketch.now());
        assertThat(conditions(sketch.wait(PASS).plan())).doesNotContain(ConditionName.SPOT_UNAVAILABLE);
    }

    @Test
    void sendsNoPriceLimitWhileThePriceIsKnown() {
        Sketch known = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        for (String zone : new String[] {"a", "b", "c"}) {
            known.price(zone, change(known.now().minus(Duration.ofDays(2)), 0.003));
        }
        assertThat(launches(known.wait(PASS).plan()).getFirst().maxPrice()).isNull();

        Sketch unknown = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        assertThat(launches(unknown.wait(PASS).plan()).getFirst().maxPrice()).isEqualTo(0.0116);
    }

    @Test
    void asksWithoutALimitAndSaysSoWhereNeitherPriceIsKnown() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        sketch.with(SpecDraft.micro().spotTypes(new InstanceType("z9.huge")).build());

        Plan plan = sketch.wait(PASS).plan();

        assertThat(launches(plan)).singleElement().satisfies(launch -> {
            assertThat(launch.market()).isEqualTo(Market.SPOT);
            assertThat(launch.maxPrice()).isNull();
        });
        assertThat(conditions(plan)).contains(ConditionName.PRICE_UNKNOWN);
    }

    @Test
    void sendsNoLimitWithAKnownPriceEvenWhereTheConfigHasOne() {
        Sketch sketch = Sketch.healthy().state("b-1", InstanceState.TERMINATED);
        sketch.with(SpecDraft.micro().maxPrice(0.008).build());
        assertThat(launches(sketch.wait(PASS).plan()).getFirst().maxPrice()).isEqualTo(0.008);

        for (String zone : new String[] {"a", "b", "c"}) {
            sketch.price(zone, change(sketch.now().minus(Duration.ofDays(2)), 0.003));
        }
        assertThat(launches(sketch.wait(PASS).plan()).getFirst().maxPrice()).isNull();
    }

    @Test
    void saysForWhichPoolAReturnWaits() {
        Sketch sketch = standingIn();
        for (String zone : new String[] {"a", "b", "c"}) {
            sketch.price(
                    zone,
                    change(sketch.now().minus(Duration.ofDays(2)), 0.03),
                    change(sketch.now().minus(Duration.ofMinutes(10)), 0.003));
        }
        var opens = sketch.now().plus(Duration.ofMinutes(5));

        assertThat(sketch.plan().findings())
                .filteredOn(finding -> finding.rule() == RuleName.RETURN_TO_SPOT)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WAITS);
                    assertThat(finding.reason()).isInstanceOf(Reason.NoSpotPool.class);
                    assertThat(finding.eligibleAt()).isEqualTo(opens);
                });
    }

    @Test
    void isSilentWhileNothingIsToBeGained() {
        Sketch sketch = standingIn();
        for (String zone : new String[] {"a", "b", "c"}) {
            sketch.price(zone, change(sketch.now().minus(Duration.ofDays(2)), 0.05));
        }

        assertThat(kinds(sketch.planFor(Duration.ofHours(1)))).isEmpty();
    }

    private static PriceHistory.Change change(java.time.Instant at, double usd) {
        return new PriceHistory.Change(at, usd);
    }

    private static Action.Launch returning() {
        return new Action.Launch(
                null,
                Market.SPOT,
                new dev.mainstay.cluster.Pool(Specs.T2_MICRO, new Zone("us-east-1a")),
                dev.mainstay.cluster.Role.SPOT,
                1,
                null,
                null,
                null,
                null,
                true,
                false,
                new Reason.NotRegistered());
    }
}
