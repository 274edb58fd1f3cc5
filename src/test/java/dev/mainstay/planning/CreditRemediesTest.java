package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static dev.mainstay.planning.HealthTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done for a node without CPU credits, and what forbids it. */
class CreditRemediesTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    /** After which a shortage is certain. */
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static final Duration SIX_MINUTES = Duration.ofMinutes(6);
    private static final List<String> ALL = List.of("a-1", "a-2", "b-1", "c-1");

    @Test
    void promotesToTheFallbackTypeOnTheSameMarket() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro()
                        .remedy(Remedy.PROMOTE)
                        .fallbackType("t3.small")
                        .build());

        Plan plan = sketch.hour("b-1", 0.2, 10).planFor(SIX_MINUTES);

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
        assertThat(only(plan)).isInstanceOfSatisfying(Action.Launch.class, launch -> {
            assertThat(launch.pool().type()).isEqualTo(new InstanceType("t3.small"));
            assertThat(launch.market()).isEqualTo(Market.SPOT);
            assertThat(launch.creditMode()).isEqualTo(CreditMode.UNLIMITED);
            assertThat(launch.endowed()).isFalse();
        });
    }

    @Test
    void promotesOnDemandWhereSpotHasNoneOfTheFallbackType() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro()
                        .remedy(Remedy.PROMOTE)
                        .fallbackType("t3.small")
                        .build());
        Plan plan = sketch.hour("b-1", 0.2, 10).planFor(SIX_MINUTES);
        for (int zone = 0; zone < 3; zone++) {
            plan = sketch.outcome(only(plan), new Outcome.Result.Failed(FailureKind.CAPACITY, "none left"))
                    .wait(Duration.ofSeconds(1))
                    .plan();
        }

        assertThat(only(plan)).isInstanceOfSatisfying(Action.Launch.class, launch -> {
            assertThat(launch.pool().type()).isEqualTo(new InstanceType("t3.small"));
            assertThat(launch.market()).isEqualTo(Market.ON_DEMAND);
        });
    }

    @Test
    void aPromotedNodeIsNotLaunchedTwice() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro()
                        .remedy(Remedy.PROMOTE)
                        .fallbackType("t3.small")
                        .build());
        Action launch = only(sketch.hour("b-1", 0.2, 10).planFor(SIX_MINUTES));

        // The answer is lost, and then the node is there.
        Plan lost = sketch.outcome(launch, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"))
                .wait(PASS)
                .plan();
        assertThat(launches(lost)).allMatch(again -> again.resend() != null);
        sketch.done(launches(lost).getFirst()).spot("c-2").typed("c-2", "t3.small");
        assertThat(launches(sketch.wait(PASS).plan())).isEmpty();
    }

    /** A mode that cannot be read is the one that we gave it, and not its type's. */
    @Test
    void isNotSwitchedToUnlimitedTwiceWhereItsModeCannotBeRead() {
        Sketch sketch = unlimited();
        assertThat(held(sketch, "b-1", 0, 10, Duration.ofMinutes(20)).actions()).isEmpty();

        sketch.mode("b-1", null).blind(Gap.Source.CREDIT_MODES);

        assertThat(held(sketch, "b-1", 0, 10, Duration.ofMinutes(20)).actions()).isEmpty();
    }

    @Test
    void switchesBackToStandardOnceNothingIsOwedAndTheNodeHasRecovered() {
        Sketch sketch = unlimited();

        sketch.wait(Duration.ofMinutes(59)).unlimitedHour("b-1", 31, 0, 2);
        assertThat(sketch.plan().actions()).as("within the hour").isEmpty();

        sketch.wait(Duration.ofMinutes(2)).unlimitedHour("b-1", 31, 0.5, 2);
        assertThat(sketch.plan().actions()).as("while something is owed").isEmpty();

        sketch.wait(PASS).unlimitedHour("b-1", 29, 0, 2);
        assertThat(sketch.plan().actions()).as("before it has recovered").isEmpty();

        sketch.wait(PASS).unlimitedHour("b-1", 31, 0, 2);
        assertThat(only(sketch.plan()))
                .isInstanceOfSatisfying(
                        Action.SetCreditMode.class,
                        change -> assertThat(change.mode()).isEqualTo(CreditMode.STANDARD));
    }

    /** An old answer that calls it standard has it switched a second time: it costs money until it is back all the same. */
    @Test
    void switchesBackThoughItWasSwitchedToUnlimitedTwice() {
        Sketch sketch = unlimited().mode("b-1", CreditMode.STANDARD);
        Action again = only(held(sketch, "b-1", 0, 10, Duration.ofMinutes(17)));
        sketch.done(again).mode("b-1", CreditMode.UNLIMITED);

        sketch.wait(Duration.ofMinutes(61)).unlimitedHour("b-1", 31, 0, 2);

        assertThat(only(sketch.plan()))
                .isInstanceOfSatisfying(
                        Action.SetCreditMode.class,
                        change -> assertThat(change.mode()).isEqualTo(CreditMode.STANDARD));
    }

    /** Without the answer it is seen by the mode alone that it was we who switched, and that it is ours to switch back. */
    @Test
    void switchesBackWhatItSwitchedWithoutHearingOfIt() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().remedy(Remedy.UNLIMITED).build());
        Action toUnlimited = only(sketch.hour("b-1", 0, 10).planFor(SIX_MINUTES));

        sketch.outcome(toUnlimited, new Outcome.Result.Failed(FailureKind.UNKNOWN_OUTCOME, "time-out"))
                .mode("b-1", CreditMode.UNLIMITED);
        sketch.wait(PASS).unlimitedHour("b-1", 0, 1, 10);
        assertThat(sketch.plan().actions()).isEmpty();
        sketch.wait(Duration.ofMinutes(61)).unlimitedHour("b-1", 31, 0, 2);

        assertThat(only(sketch.plan()))
                .isInstanceOfSatisfying(
                        Action.SetCreditMode.class,
                        change -> assertThat(change.mode()).isEqualTo(CreditMode.STANDARD));
    }

    @Test
    void changesAModeNoMoreThanThereAndBackInADay() {
        Sketch sketch = unlimited();
        sketch.wait(Duration.ofHours(7)).unlimitedHour("b-1", 31, 0, 2);
        sketch.done(only(sketch.plan())).mode("b-1", CreditMode.STANDARD);
        sketch.wait(Duration.ofHours(7)).hour("b-1", 0, 10);

        Plan plan = held(sketch, "b-1", 0, 10, SIX_MINUTES);

        assertThat(plan.actions()).isEmpty();
        assertThat(obstacle(plan, "b-1")).isEqualTo(new Reason.FlippedTooOften(2, 2));

        sketch.wait(Duration.ofHours(11));
        assertThat(kinds(held(sketch, "b-1", 0, 10, SIX_MINUTES))).containsExactly(ActionKind.SET_CREDIT_MODE);
    }

    @Test
    void neverChangesTheModeOfANodeThatWasLaunchedUnlimited() {
        Sketch sketch = small(SpecDraft.micro().remedy(Remedy.UNLIMITED));
        ALL.forEach(id -> sketch.unlimitedHour(id, 500, 0, 2));

        assertThat(sketch.planFor(Duration.ofHours(3)).actions()).isEmpty();
    }

    @Test
    void unlimitedIsAskedForOnceThoughEc2ShowsTheOldModeForAWhile() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().remedy(Remedy.UNLIMITED).build());
        sketch.done(only(sketch.hour("b-1", 0, 10).sick("b-1").planFor(Duration.ofMinutes(4))));

        // Nor is it given up for its health meanwhile: it needs time to recover.
        assertThat(sketch.planFor(Duration.ofMinutes(4)).actions()).isEmpty();
    }

    /** T2 at its baseline, in each row with one obstacle more. */
    @ParameterizedTest(name = "{0} launches left, cap {1}: {3}")
    @CsvSource({
        "100, 9,     t3.small, replace",
        "0,   9,     t3.small, unlimited",
        "0,   0.001, t3.small, promote",
        "0,   0.001, ,         none"
    })
    void autoTakesTheFirstRemedyThatHelpsAndIsAllowed(int launches, double cap, String fallback, String expected) {
        SpecDraft spec = SpecDraft.micro().launchesPerDay(launches).usdPerHour(cap);
        if (fallback != null) {
            spec.fallbackType(fallback);
        }
        Sketch sketch = Sketch.healthy().with(spec.build());

        Plan plan = sketch.hour("b-1", 0, 10).planFor(FIVE_MINUTES);

        assertThat(chosen(plan, "b-1")).isEqualTo(expected);
    }

    @Test
    void autoRestsWhereNeitherReplacingNorPayingIsPossible() {
        Sketch sketch = small(SpecDraft.micro().usdPerHour(0.0001).fallbackType("m5.large"));

        assertThat(chosen(throttled(sketch, "b-1", "t3.small").planFor(SIX_MINUTES), "b-1"))
                .isEqualTo("rest");
    }

    @Test
    void saysWhatEachRemedyWouldCost() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().fallbackType("t3.small").build());

        Plan plan = sketch.hour("a-1", 0, 10).planFor(FIVE_MINUTES);

        Reason.Remedied reason = (Reason.Remedied) plan.explain(new NodeId("a-1")).orElseThrow().findings().stream()
                .map(Finding::reason)
                .filter(Reason.Remedied.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(Wording.of(reason))
                .contains(
                        "replace: 0.0000 USD an hour and 0.00",
                        "unlimited: 0.0450 USD an hour",
                        "rest would take 5h",
                        "promote: 0.0092 USD an hour");
    }

    @Test
    void actsBeforeTheCreditsEndByLaunchingFirst() {
        Sketch sketch = Sketch.healthy();
        // 54 an hour more than it earns; the newest sample ended two minutes ago.
        sketch.hour("b-1", 12, 100);

        Plan early = sketch.plan();
        assertThat(early.actions()).isEmpty();
        assertThat(conditions(early)).contains(ConditionName.CREDITS_LOW);

        Plan plan = sketch.wait(Duration.ofMinutes(1)).hour("b-1", 7, 100).plan();

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
        assertThat(kinds(plan)).containsExactly(ActionKind.LAUNCH);
        assertThat(plan.serving()).isEqualTo(4);
    }

    @Test
    void keepsACondemnedNodeWhoseLoadHasGone() {
        Sketch sketch = Sketch.healthy();
        sketch.hour("b-1", 5, 100).plan();

        Plan plan = sketch.wait(Duration.ofHours(5)).hour("b-1", 31, 2).plan();

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.IN_SERVICE);
    }

    @Test
    void letsTheWholeClusterGoOnUnlimitedInAnOverload() {
        Sketch sketch = Sketch.healthy();
        ALL.forEach(id -> sketch.hour(id, 0, 10));

        Plan plan = sketch.planFor(SIX_MINUTES);

        assertThat(kinds(plan)).hasSize(4).containsOnly(ActionKind.SET_CREDIT_MODE);
        assertThat(conditions(plan)).contains(ConditionName.CLUSTER_OVERLOADED);
    }

    @Test
    void asManyGoUnlimitedAsTheSpendingCapLets() {
        // Four t2.micro count 0.0638, the price of spot being unknown; each in unlimited mode may use 0.045 more.
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().usdPerHour(0.16).max(4).build());
        ALL.forEach(id -> sketch.hour(id, 0, 10));

        assertThat(kinds(sketch.planFor(SIX_MINUTES)))
                .containsExactly(ActionKind.SET_CREDIT_MODE, ActionKind.SET_CREDIT_MODE);
    }

    @Test
    void launchesUpToTheMaximumInAnOverloadThatNobodyMayPayFor() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro().remedy(Remedy.REPLACE).max(6).build());
        ALL.forEach(id -> sketch.hour(id, 0, 10));

        Plan plan = sketch.planFor(SIX_MINUTES);

        assertThat(launches(plan).stream().mapToInt(Action.Launch::count).sum()).isEqualTo(2);
        assertThat(plan.condemnations()).isEmpty();
    }

    @Test
    void theExtraNodesOfAnOverloadStayUntilTheLoadWouldFitWithoutThem() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro().remedy(Remedy.REPLACE).max(6).build());
        ALL.forEach(id -> sketch.hour(id, 0, 10));
        sketch.planFor(SIX_MINUTES);
        sketch.spot("b-2").spot("c-2");
        List<String> six = List.of("a-1", "a-2", "b-1", "b-2", "c-1", "c-2");

        // Nobody is out of credits now; but the load of six at 8 % is 12 % for each of four.
        six.forEach(id -> sketch.hour(id, 20, 8));
        Plan busy = sketch.wait(PASS).plan();
        assertThat(busy.actions()).isEmpty();
        assertThat(guards(busy)).contains(GuardName.OVERLOAD);
        assertThat(conditions(busy)).contains(ConditionName.CLUSTER_OVERLOADED);

        six.forEach(id -> sketch.hour(id, 20, 5));
        Plan calm = sketch.wait(PASS).plan();
        assertThat(kinds(calm)).containsExactly(ActionKind.DEREGISTER);
        assertThat(conditions(calm)).doesNotContain(ConditionName.CLUSTER_OVERLOADED);
    }

    @Test
    void whatWaitsForTheEndOfAnOverloadIsNotToldAsHeldBackBesidesIt() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro()
                        .remedy(Remedy.REPLACE)
                        .max(6)
                        .heldBackAfter(Duration.ofMinutes(1))
                        .build());
        ALL.forEach(id -> sketch.hour(id, 0, 10));
        sketch.planFor(SIX_MINUTES);
        sketch.spot("b-2").spot("c-2");
        List<String> six = List.of("a-1", "a-2", "b-1", "b-2", "c-1", "c-2");

        for (int pass = 0; pass < 10; pass++) {
            six.forEach(id -> sketch.hour(id, 20, 8));
            Plan busy = sketch.wait(PASS).plan();
            assertThat(guards(busy)).contains(GuardName.OVERLOAD);
            assertThat(conditions(busy)).doesNotContain(ConditionName.HELD_BACK);
        }
    }

    @Test
    void aThirdRemedyIsNotTriedWhereTwoDidNotLast() {
        Sketch sketch = Sketch.healthy();
        for (String[] next : new String[][] {{"b-1", "b-2"}, {"b-2", "b-3"}}) {
            replaced(sketch, next[0], next[1]);
            sketch.planFor(Duration.ofMinutes(20));
        }

        Plan plan = held(sketch, "b-3", 0, 10, SIX_MINUTES);

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.condemnations()).isEmpty();
        assertThat(conditions(plan)).contains(ConditionName.WRONG_INSTANCE_TYPE);
    }

    @Test
    void aRemedyThatLastedIsFollowedByAnother() {
        Sketch sketch = Sketch.healthy();
        replaced(sketch, "b-1", "b-2");
        sketch.planFor(Duration.ofMinutes(20));
        replaced(sketch, "b-2", "b-3");
        sketch.planFor(Duration.ofHours(6));

        assertThat(phase(held(sketch, "b-3", 0, 10, SIX_MINUTES), "b-3")).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void lineagesAreContinuedWhenSeveralNodesAreReplacedAtOnce() {
        ClusterSpec spec = SpecDraft.micro().desired(6).max(12).healsPerHour(9).build();
        Sketch sketch = Sketch.healthy().with(spec).spot("a-3").spot("b-9");
        String[][] generations = {{"b-1", "c-1"}, {"b-2", "c-2"}, {"b-3", "c-3"}};
        for (int i = 0; i < 2; i++) {
            for (String id : generations[i]) {
                sketch.hour(id, 0, 10);
            }
            sketch.planFor(SIX_MINUTES);
            for (int k = 0; k < 2; k++) {
                sketch.add(generations[i + 1][k], Market.SPOT, sketch.now());
            }
            for (String id : generations[i]) {
                sketch.withoutSamples(id);
            }
            sketch.wait(PASS).plan();
            for (String id : generations[i]) {
                sketch.state(id, dev.mainstay.cluster.InstanceState.TERMINATED);
            }
            sketch.planFor(Duration.ofMinutes(20));
        }

        for (String id : generations[2]) {
            sketch.hour(id, 0, 10);
        }
        Plan plan = sketch.planFor(SIX_MINUTES);

        assertThat(plan.condemnations()).isEmpty();
        assertThat(plan.findings())
                .filteredOn(finding -> finding.reason() instanceof Reason.RemediesDidNotLast)
                .extracting(Finding::node)
                .containsExactlyInAnyOrder(new NodeId("b-3"), new NodeId("c-3"));
    }

    @Test
    void aFreshT3InStandardModeIsAtZeroByDesign() {
        Sketch sketch = small(SpecDraft.micro());
        sketch.add("b-2", Market.ON_DEMAND, sketch.now().minus(Duration.ofMinutes(30)))
                .typed("b-2", "t3.small")
                .mode("b-2", CreditMode.STANDARD)
                .state("c-1", dev.mainstay.cluster.InstanceState.TERMINATED);

        assertThat(held(sketch, "b-2", 0, 20, Duration.ofMinutes(25)).condemnations())
                .isEmpty();
        assertThat(sketch.memory()
                        .node(new NodeId("b-2"))
                        .orElseThrow()
                        .credits()
                        .exhaustedSince())
                .isNull();

        held(sketch, "b-2", 0, 20, Duration.ofMinutes(10));
        assertThat(sketch.memory()
                        .node(new NodeId("b-2"))
                        .orElseThrow()
                        .credits()
                        .exhaustedSince())
                .isNotNull();
    }

    @Test
    void unlimitedAtZeroIsACostAndNoTrouble() {
        Sketch sketch = small(SpecDraft.micro());

        Plan plan = sketch.unlimitedHour("b-1", 0, 60, 100).planFor(SIX_MINUTES);

        assertThat(plan.actions()).isEmpty();
        assertThat(conditions(plan)).doesNotContain(ConditionName.CREDITS_EXHAUSTED, ConditionName.CREDITS_LOW);
        assertThat(plan.conditions()).last().satisfies(condition -> {
            assertThat(condition.name()).isEqualTo(ConditionName.SURPLUS_CREDITS);
            // 96 credits an hour beyond the 24 earned, and 60 owed, at 0.05 USD for sixty.
            assertThat(Wording.of(condition))
                    .isEqualTo("1 in unlimited mode use surplus credits: 0.0800 USD an hour, 0.0500 USD owed");
        });
    }

    @Test
    void spotIsLaunchedInTheModeThatTheConfigAsksFor() {
        SpecDraft t3 = SpecDraft.micro().spotTypes(new InstanceType("t3.micro"));

        assertThat(launched(t3).creditMode()).isEqualTo(CreditMode.UNLIMITED);
        assertThat(launched(t3.spotMode(CreditMode.STANDARD)).creditMode()).isEqualTo(CreditMode.STANDARD);
        assertThat(launched(SpecDraft.micro()).creditMode()).isEqualTo(CreditMode.STANDARD);
    }

    @Test
    void aT1IsJudgedByItsCpuStandingStillAndItsChecks() {
        Sketch plateau = Sketch.healthy().typed("b-1", "t1.micro").sick("b-1");
        Plan plan = cpuOnly(plateau, "b-1", 20, 20.5, 19.8).plan();
        assertThat(plan.condemnations().get(new NodeId("b-1")))
                .isInstanceOfSatisfying(
                        Reason.Remedied.class,
                        reason -> assertThat(reason.trouble()).isInstanceOf(Reason.CpuPlateau.class));

        Sketch idle = Sketch.healthy().typed("b-1", "t1.micro").sick("b-1");
        assertThat(cpuOnly(idle, "b-1", 1, 1, 1).planFor(Duration.ofMinutes(1)).condemnations())
                .isEmpty();
        Sketch moving = Sketch.healthy().typed("b-1", "t1.micro").sick("b-1");
        assertThat(cpuOnly(moving, "b-1", 20, 90, 40)
                        .planFor(Duration.ofMinutes(1))
                        .condemnations())
                .isEmpty();
        Sketch well = Sketch.healthy().typed("b-1", "t1.micro");
        assertThat(cpuOnly(well, "b-1", 20, 20, 20).planFor(SIX_MINUTES).condemnations())
                .isEmpty();
    }

    @Test
    void oldSamplesSayNothing() {
        Sketch sketch = Sketch.healthy().hour("b-1", 0, 10);

        Plan plan = sketch.wait(Duration.ofMinutes(14)).planFor(Duration.ofMinutes(30));

        assertThat(plan.actions()).isEmpty();
    }

    @Test
    void theLaunchesOfOurOtherClustersCountToo() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro().remedy(Remedy.REPLACE).build())
                .endowedElsewhere(100);

        Plan plan = sketch.hour("b-1", 0, 10).planFor(SIX_MINUTES);

        assertThat(guards(plan)).containsExactly(GuardName.LAUNCH_CREDIT_LIMIT);
        assertThat(plan.withheld().getFirst().until())
                .isEqualTo(sketch.now().minus(SIX_MINUTES).plus(Duration.ofHours(24)));
    }

    @Test
    void aFreshT2WithoutLaunchCreditsSaysThatTheyAreUsedUp() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().remedy(Remedy.REPLACE).build());
        sketch.launchedByUs("b-2")
                .launchedAt("b-2", sketch.now().minus(Duration.ofMinutes(12)))
                .mode("b-2", CreditMode.STANDARD)
                .hour("b-2", 1.2, 2)
                .plan();

        Plan plan = sketch.hour("b-1", 0, 10).planFor(SIX_MINUTES);

        assertThat(guards(plan)).contains(GuardName.LAUNCH_CREDIT_LIMIT);
        assertThat(plan.condemnations()).isEmpty();
    }

    @Test
    void aFreshT2WithLaunchCreditsSaysNothing() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().remedy(Remedy.REPLACE).build());
        sketch.launchedByUs("b-2")
                .launchedAt("b-2", sketch.now().minus(Duration.ofMinutes(12)))
                .mode("b-2", CreditMode.STANDARD)
                .hour("b-2", 26, 100)
                .plan();

        assertThat(sketch.memory().spendings()).isEmpty();
    }

    @Test
    void aBurstableTypeThatIsDearerThanAFixedOneForADayIsTheWrongType() {
        Sketch sketch = Sketch.healthy();
        ALL.forEach(id -> sketch.typed(id, "t3.large"));

        Plan early = held(sketch, "a-1", 60, Duration.ofHours(23));
        assertThat(conditions(early)).doesNotContain(ConditionName.WRONG_INSTANCE_TYPE);

        Plan plan = held(sketch, "a-1", 60, Duration.ofHours(2));
        assertThat(plan.conditions())
                .filteredOn(condition -> condition.name() == ConditionName.WRONG_INSTANCE_TYPE)
                .singleElement()
                .extracting(Wording::of)
                .asString()
                .contains("t3.large at 60")
                .contains("is cheaper");
    }

    static Sketch small(SpecDraft spec) {
        Sketch sketch = Sketch.healthy()
                .with(spec.onDemandTypes(new InstanceType("t3.small"))
                        .spotTypes(new InstanceType("t3.small"))
                        .build());
        ALL.forEach(
                id -> sketch.typed(id, "t3.small").mode(id, CreditMode.STANDARD).hour(id, 400, 20));
        return sketch;
    }

    /** Held at its baseline, with nothing left. */
    static Sketch throttled(Sketch sketch, String id, String type) {
        return sketch.typed(id, type).hour(id, 0, 60, 60, 60, 20, 20, 20, 20, 20, 20, 20, 20, 20);
    }

    /** A t2.micro that was switched to unlimited mode. */
    private static Sketch unlimited() {
        Sketch sketch =
                Sketch.healthy().with(SpecDraft.micro().remedy(Remedy.UNLIMITED).build());
        sketch.done(only(sketch.hour("b-1", 0, 10).planFor(SIX_MINUTES))).mode("b-1", CreditMode.UNLIMITED);
        return sketch;
    }

    /** The same samples, always fresh. */
    private static Plan held(Sketch sketch, String id, double balance, double cpu, Duration time) {
        Plan plan = sketch.hour(id, balance, cpu).plan();
        for (Instant end = sketch.now().plus(time); sketch.now().isBefore(end); ) {
            plan = sketch.wait(Duration.ofMinutes(1)).hour(id, balance, cpu).plan();
        }
        return plan;
    }

    private static Plan held(Sketch sketch, String id, double cpu, Duration time) {
        Plan plan = sketch.plan();
        for (Instant end = sketch.now().plus(time); sketch.now().isBefore(end); ) {
            plan = sketch.wait(Duration.ofMinutes(2))
                    .unlimitedHour(id, 0, 800, cpu)
                    .plan();
        }
        return plan;
    }

    /** Condemned for its credits; the other is launched for it, and it goes. */
    private static void replaced(Sketch sketch, String id, String by) {
        assertThat(held(sketch, id, 0, 10, SIX_MINUTES).condemnations().size()
                        + sketch.memory().nodes().values().stream()
                                .filter(node -> node.condemned() != null)
                                .count())
                .isPositive();
        sketch.add(by, Market.SPOT, sketch.now()).withoutSamples(id).wait(PASS).plan();
        sketch.state(id, dev.mainstay.cluster.InstanceState.TERMINATED)
                .wait(PASS)
                .plan();
    }

    private static Sketch cpuOnly(Sketch sketch, String id, double... cpu) {
        return sketch.hour(id, 0, cpu).withoutBalance(id);
    }

    private static Action.Launch launched(SpecDraft spec) {
        Sketch sketch = Sketch.healthy().with(spec.build());
        sketch.state("c-1", dev.mainstay.cluster.InstanceState.TERMINATED);
        return launches(sketch.wait(PASS).plan()).getFirst();
    }

    static @Nullable Reason obstacle(Plan plan, String id) {
        return noRemedy(plan, id).orElseThrow().compared().getFirst().obstacle();
    }

    private static Optional<Reason.NoRemedy> noRemedy(Plan plan, String id) {
        return plan.explain(new NodeId(id)).orElseThrow().findings().stream()
                .map(Finding::reason)
                .filter(Reason.NoRemedy.class::isInstance)
                .map(Reason.NoRemedy.class::cast)
                .findFirst();
    }

    private static String chosen(Plan plan, String id) {
        return plan.explain(new NodeId(id)).orElseThrow().findings().stream()
                .map(Finding::reason)
                .filter(Reason.Remedied.class::isInstance)
                .map(reason -> ((Reason.Remedied) reason).remedy().label())
                .findFirst()
                .orElse("none");
    }

    private static List<Action.Launch> launches(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .toList();
    }

    static Action only(Plan plan) {
        assertThat(plan.actions()).hasSize(1);
        return plan.actions().getFirst();
    }
}
