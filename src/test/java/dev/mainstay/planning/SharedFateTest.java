package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Too many are sick at once: one extra node tells whether it is the nodes or what they share. */
class SharedFateTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(6);
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    @Test
    void launchesOneExtraNodeInsteadOfGivingAnyoneUp() {
        Sketch sketch = Sketch.healthy().sick("b-1").sick("c-1");

        Plan plan = sketch.planFor(LONG);

        assertThat(plan.actions()).singleElement().isInstanceOfSatisfying(Action.Launch.class, launch -> {
            assertThat(launch.isCanary()).isTrue();
            assertThat(launch.count()).isEqualTo(1);
        });
        assertThat(plan.condemnations()).isEmpty();
        assertThat(HealthTest.guards(plan)).containsOnly(GuardName.SHARED_FATE);
        assertThat(HealthTest.conditions(plan)).contains(ConditionName.SHARED_FATE);
    }

    @Test
    void waitsWithTheCanaryUntilSomeoneIsSickForLong() {
        Sketch sketch = Sketch.healthy().sick("b-1").sick("c-1");

        assertThat(sketch.planFor(Duration.ofMinutes(4)).actions()).isEmpty();
        assertThat(sketch.well("b-1").well("c-1").planFor(Duration.ofMinutes(2)).actions())
                .isEmpty();
        assertThat(sketch.memory().canary()).isNull();
    }

    @Test
    void sendsNoSecondCanaryBesideTheFirst() {
        Sketch sketch = withCanary();

        assertThat(sketch.planFor(Duration.ofMinutes(10)).actions()).isEmpty();
    }

    @Test
    void letsTheCanaryExceedTheMaximumByOne() {
        Sketch sketch = four(SpecDraft.micro().desired(4).max(4).build());
        sketch.sick("b-1").sick("c-1");

        assertThat(canary(sketch.planFor(LONG))).isPresent();
    }

    @Test
    void healsOneAfterTheOtherOnceTheCanaryIsWell() {
        Sketch sketch = withCanary();
        Plan first = sketch.well("a-9").planFor(Duration.ofMinutes(5));
        assertThat(condemned(first)).hasSize(1);

        // The canary has taken its place, so it goes at once, and the other when it is out of rotation.
        Plan draining = sketch.wait(PASS).plan();
        assertThat(HealthTest.kinds(draining)).containsExactly(ActionKind.DEREGISTER);
        sketch.done(draining.actions().getFirst()).deregistered(condemned(first).getFirst());
        Plan second = sketch.wait(PASS).plan();
        assertThat(condemned(second)).hasSize(1);
        assertThat(launches(second))
                .singleElement()
                .satisfies(launch -> assertThat(launch.isCanary()).isFalse());
    }

    @Test
    void healsOneThenTwoThenFourAtATime() {
        Sketch sketch = new Sketch(
                SpecDraft.micro().desired(12).min(2).base(0).healsPerHour(100).build());
        for (int i = 1; i <= 12; i++) {
            sketch.spot("abc".charAt(i % 3) + "-" + i);
        }
        sketch.plan();
        for (int i = 3; i <= 12; i++) {
            sketch.sick("abc".charAt(i % 3) + "-" + i);
        }
        sketch.launched(canary(sketch.planFor(LONG)).orElseThrow(), "a-99").well("a-99");

        List<Integer> steps = new ArrayList<>();
        int replacements = 100;
        for (int pass = 0; pass < 40; pass++) {
            Plan plan = sketch.wait(PASS).plan();
            if (!plan.condemnations().isEmpty()) {
                steps.add(plan.condemnations().size());
            }
            for (Action action : plan.actions()) {
                if (action instanceof Action.Launch launch) {
                    for (int i = 0; i < launch.count(); i++) {
                        String id = launch.pool().zone().value().substring(9) + "-" + replacements++;
                        sketch.launched(launch.of(1), id).well(id);
                    }
                } else {
                    sketch.done(action);
                    action.subject().ifPresent(id -> {
                        sketch.deregistered(id.value());
                        if (action instanceof Action.Terminate) {
                            sketch.state(id.value(), InstanceState.TERMINATED);
                        }
                    });
                }
            }
        }

        assertThat(steps).containsExactly(1, 2, 4, 3);
    }

    @Test
    void holdsEveryoneAndSaysSoWhenTheCanaryIsSickToo() {
        Sketch sketch = withCanary();

        Plan plan = sketch.planFor(DEADLINE);

        assertThat(plan.condemnations()).isEmpty();
        assertThat(plan.actions()).isEmpty();
        assertThat(HealthTest.conditions(plan)).contains(ConditionName.SHARED_FATE, ConditionName.CANARY_SICK);
        assertThat(plan.withheld()).allSatisfy(held -> assertThat(held.until()).isNotNull());
    }

    @Test
    void aCanaryThatWasWellForAMomentIsSick() {
        Sketch sketch = withCanary();
        sketch.well("a-9").wait(PASS).plan();

        Plan plan = sketch.sick("a-9").wait(PASS).plan();

        assertThat(HealthTest.conditions(plan)).contains(ConditionName.CANARY_SICK);
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "2, 30", "3, 60", "4, 60"})
    void triesAgainAfterLongerAndLongerPauses(int tries, int minutes) {
        Sketch sketch = Sketch.healthy().sick("b-1").sick("c-1");
        Duration waited = Duration.ZERO;
        for (int i = 1; i <= tries; i++) {
            sketch.launched(untilCanary(sketch), "a-" + (10 + i));
            sketch.planFor(DEADLINE);
            // The old one is taken away before the next comes.
            String old = "a-" + (10 + i);
            waited = Duration.ZERO;
            while (sketch.wait(PASS).plan().condemnations().isEmpty()) {
                waited = waited.plus(PASS);
                assertThat(waited).isLessThan(Duration.ofHours(2));
            }
            sketch.done(sketch.wait(PASS).plan().actions().getFirst()).deregistered(old);
            sketch.done(sketch.wait(PASS).plan().actions().getFirst()).state(old, InstanceState.TERMINATED);
        }

        assertThat(waited)
                .isBetween(
                        Duration.ofMinutes(minutes).minus(PASS),
                        Duration.ofMinutes(minutes).plus(PASS));
    }

    @Test
    void sendsAnotherWhenTheCanaryIsLost() {
        Sketch sketch = withCanary();

        Plan plan = sketch.state("a-9", InstanceState.TERMINATED).planFor(Duration.ofMinutes(2));

        assertThat(canary(plan)).isPresent();
    }

    @Test
    void asksElsewhereWhenTheCanaryIsRefused() {
        Sketch sketch = Sketch.healthy().sick("b-1").sick("c-1");
        Action.Launch refused = canary(sketch.planFor(LONG)).orElseThrow();

        sketch.outcome(refused, new Outcome.Result.Failed(FailureKind.CAPACITY, "none left"));

        assertThat(canary(sketch.plan()).orElseThrow().pool()).isNotEqualTo(refused.pool());
    }

    @Test
    void remembersItsCanaryAfterARestart() {
        Sketch sketch = withCanary().restarted();

        assertThat(sketch.wait(PASS).plan().actions()).isEmpty();
        assertThat(sketch.memory().canary()).isNotNull();
    }

    @Test
    void takesTheCanaryAwayAsSurplusWhenAllAreWellAgain() {
        Sketch sketch = withCanary();
        sketch.well("a-9").well("b-1").well("c-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(3));

        assertThat(plan.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.reason()).isInstanceOf(Reason.MoreThanWanted.class));
        assertThat(sketch.memory().canary()).isNull();
        assertThat(plan.condemnations()).isEmpty();
    }

    @Test
    void takesASickCanaryAwayWhenTheOthersAreWellAgain() {
        Sketch sketch = withCanary();
        sketch.planFor(DEADLINE);

        Plan plan = sketch.well("b-1").well("c-1").planFor(Duration.ofMinutes(2));

        assertThat(plan.actions()).singleElement().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.DEREGISTER);
            assertThat(action.subject()).contains(new NodeId("a-9"));
        });
        assertThat(HealthTest.conditions(plan)).doesNotContain(ConditionName.SHARED_FATE, ConditionName.LAUNCH_BACKOFF);
    }

    @Test
    void stopsHealingWhenTheCanaryGetsSickAfterAll() {
        Sketch sketch = withCanary();
        sketch.well("a-9").planFor(Duration.ofMinutes(5));

        Plan plan = sketch.sick("a-9").wait(PASS).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(HealthTest.conditions(plan)).contains(ConditionName.CANARY_SICK);
    }

    @Test
    void countsAnUnreplacedNodeAsNotWell() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        Action.Launch replacement = launches(sketch.planFor(LONG)).getFirst();
        sketch.launched(replacement, "b-2").sick("c-1");

        // The replacement is slow, and the next gets sick meanwhile.
        Plan plan = sketch.planFor(LONG);

        assertThat(plan.condemnations()).isEmpty();
        assertThat(HealthTest.guards(plan)).contains(GuardName.SHARED_FATE);
    }

    @Test
    void replacesTheNextOnceTheFirstIsReplaced() {
        Sketch sketch = Sketch.healthy().sick("b-1");
        sketch.launched(launches(sketch.planFor(LONG)).getFirst(), "b-2").sick("c-1");
        sketch.planFor(Duration.ofMinutes(4));

        sketch.well("b-2").planFor(Duration.ofMinutes(3));

        assertThat(HealthTest.phase(sketch.plan(), "c-1")).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void illnessesFarApartAreNoSharedFate() {
        Sketch sketch = Sketch.healthy().protectedByTag("b-1").sick("b-1");
        sketch.planFor(Duration.ofHours(1));

        Plan plan = sketch.sick("c-1").planFor(LONG);

        assertThat(HealthTest.phase(plan, "c-1")).isEqualTo(Phase.CONDEMNED);
    }

    @Test
    void neverLimitsLaunchesThatFillAGap() {
        Sketch sketch = new Sketch(SpecDraft.micro().desired(6).build())
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("b-2")
                .spot("c-1")
                .spot("c-2");
        sketch.plan();
        sketch.sick("a-2").sick("b-1").sick("c-1");
        sketch.planFor(Duration.ofMinutes(3));

        Plan plan = sketch.state("b-2", InstanceState.TERMINATED).wait(PASS).plan();

        assertThat(launches(plan))
                .singleElement()
                .satisfies(launch -> assertThat(launch.isCanary()).isFalse());
    }

    @Test
    void aNodeThatEc2CallsImpairedGoesHoweverManyOthersAreSick() {
        Sketch sketch = Sketch.healthy().impaired("b-1").sick("b-1");
        sketch.launched(launches(sketch.planFor(LONG)).getFirst(), "b-2").well("b-2");
        sketch.sick("a-1").sick("c-1");

        List<Action> taken = new ArrayList<>();
        for (int pass = 0; pass < 5; pass++) {
            taken.addAll(sketch.wait(PASS).plan().actions());
        }

        assertThat(taken)
                .filteredOn(action -> action.kind() == ActionKind.DEREGISTER)
                .isNotEmpty()
                .allSatisfy(action -> assertThat(action.subject()).contains(new NodeId("b-1")));
    }

    @Test
    void aSickNodeBeyondALoweredMaximumMakesRoomForACanary() {
        Sketch sketch = Sketch.healthy().sick("b-1").sick("c-1");
        sketch.planFor(Duration.ofMinutes(2));
        sketch.with(SpecDraft.micro().desired(3).min(1).max(3).build());

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions()).singleElement().satisfies(action -> {
            assertThat(action.kind()).isEqualTo(ActionKind.DEREGISTER);
            assertThat(action.subject().orElseThrow()).isIn(new NodeId("b-1"), new NodeId("c-1"));
            assertThat(action.reason()).isEqualTo(new Reason.BeyondMax(4, 3));
        });
    }

    @Test
    void nobodyWhoServesGoesForALoweredMaximumAlone() {
        Sketch sketch = Sketch.healthy();
        sketch.with(SpecDraft.micro().desired(2).min(1).max(2).build());

        assertThat(sketch.wait(PASS).plan().actions())
                .singleElement()
                .satisfies(action -> assertThat(action.reason()).isInstanceOf(Reason.MoreThanWanted.class));
    }

    @Test
    void sendsTheCanaryOnDemandWhereTheBaseIsMissing() {
        Sketch sketch = four(SpecDraft.micro().base(4).max(4).build());
        sketch.sick("b-1").sick("c-1");

        assertThat(untilCanary(sketch).market()).isEqualTo(Market.ON_DEMAND);
    }

    @Test
    void nodesThatEc2CallsImpairedAreReplacedAllTheSame() {
        Sketch sketch = Sketch.healthy().impaired("b-1").impaired("c-1");

        assertThat(condemned(sketch.planFor(Duration.ofMinutes(5)))).containsExactly("b-1", "c-1");
    }

    @Test
    void takesNobodyAwayForHisHealthWhoWasGivenUpJustBefore() {
        Sketch sketch = new Sketch(SpecDraft.micro().desired(4).max(4).build())
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("c-1");
        sketch.plan();
        sketch.sick("b-1").planFor(Duration.ofMinutes(4));
        // At the maximum the sick node would make room for its replacement.
        sketch.sick("c-1").sick("a-2");

        Plan plan = sketch.planFor(Duration.ofMinutes(3));

        assertThat(plan.actions()).noneMatch(action -> action.kind().destructive());
    }

    @Test
    void replacesASickZoneElsewhereAtOnceAndTakesNobodyAwayThere() {
        Sketch sketch = sickZone();

        Plan plan = sketch.planFor(LONG);

        List<Action.Launch> elsewhere =
                launches(plan).stream().filter(launch -> !launch.isCanary()).toList();
        assertThat(elsewhere.stream().mapToInt(Action.Launch::count).sum()).isEqualTo(3);
        assertThat(elsewhere)
                .allSatisfy(launch -> assertThat(launch.pool().zone()).isNotEqualTo(new Zone("us-east-1a")));
        assertThat(canary(plan).orElseThrow().pool().zone()).isEqualTo(new Zone("us-east-1a"));
        assertThat(plan.condemnations()).isEmpty();
    }

    @Test
    void goesOnHoldingASickZoneAfterItWasReplacedElsewhere() {
        Sketch sketch = sickZone();
        replacedElsewhere(sketch);

        Plan plan = sketch.planFor(Duration.ofMinutes(10));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.serving()).isEqualTo(6);
        assertThat(HealthTest.conditions(plan)).contains(ConditionName.SHARED_FATE);
    }

    @Test
    void healsASickZoneWhenACanaryGetsWellThere() {
        Sketch sketch = sickZone();
        String canary = replacedElsewhere(sketch);

        Plan plan = sketch.well(canary).planFor(LONG);

        assertThat(sketch.memory().canary())
                .isNotNull()
                .extracting(Canary::stage)
                .isInstanceOf(Canary.Stage.Healing.class);
        assertThat(plan.nodes().stream().filter(node -> node.phase() == Phase.CONDEMNED))
                .hasSize(1);
    }

    @Test
    void replacesASickNodeInAnotherZoneThanTheSickOne() {
        Sketch sketch = sickZone();
        replacedElsewhere(sketch);

        Plan plan = sketch.sick("c-2").planFor(LONG);

        assertThat(HealthTest.phase(plan, "c-2")).isEqualTo(Phase.CONDEMNED);
    }

    @ParameterizedTest
    @CsvSource({
        "Target.ResponseCodeMismatch, Target.ResponseCodeMismatch, APPLICATION",
        "Target.FailedHealthChecks, Target.FailedHealthChecks, APPLICATION",
        "Target.Timeout, Target.Timeout, DEPENDENCY",
        "Target.Timeout, Target.ResponseCodeMismatch, NODES"
    })
    void saysWhatItLooksLike(String one, String other, SharedFate.Likeness likeness) {
        Sketch sketch = Sketch.healthy()
                .target("b-1", TargetHealth.State.UNHEALTHY, one)
                .target("c-1", TargetHealth.State.UNHEALTHY, other);

        assertThat(told(sketch.planFor(Duration.ofMinutes(1))).likeness()).isEqualTo(likeness);
    }

    @Test
    void saysWhichZoneIsSick() {
        Reason.TooManySick told = told(sickZone().planFor(Duration.ofMinutes(1)));

        assertThat(told.likeness()).isEqualTo(SharedFate.Likeness.ZONE);
        assertThat(told.zone()).isEqualTo(new Zone("us-east-1a"));
    }

    @Test
    void givesUpNobodyWhoWasSickWhenTheJournalWasLost() {
        Sketch sketch = Sketch.healthy().born();
        List.of("a-1", "a-2", "b-1", "c-1").forEach(sketch::sick);

        Plan plan = sketch.planFor(Duration.ofMinutes(25));

        assertThat(plan.nodes()).noneMatch(node -> node.condemned());
        assertThat(HealthTest.conditions(plan)).contains(ConditionName.SHARED_FATE);
    }

    private static Reason.TooManySick told(Plan plan) {
        return plan.conditions().stream()
                .map(Condition::reason)
                .filter(Reason.TooManySick.class::isInstance)
                .map(Reason.TooManySick.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Two of four are sick, and a-9 was launched as a canary. */
    private static Sketch withCanary() {
        Sketch sketch = Sketch.healthy().sick("b-1").sick("c-1");
        return sketch.launched(canary(sketch.planFor(LONG)).orElseThrow(), "a-9");
    }

    private static Sketch four(ClusterSpec spec) {
        Sketch sketch = new Sketch(spec).onDemand("a-1").spot("a-2").spot("b-1").spot("c-1");
        sketch.plan();
        return sketch;
    }

    /** Three of six are in zone a, and only these are sick. */
    private static Sketch sickZone() {
        Sketch sketch = new Sketch(SpecDraft.micro().desired(6).build())
                .onDemand("b-1")
                .spot("a-1")
                .spot("a-2")
                .spot("a-3")
                .spot("c-1")
                .spot("c-2");
        sketch.plan();
        return sketch.sick("a-1").sick("a-2").sick("a-3");
    }

    /** What was missing serves elsewhere; the id of the canary, which boots. */
    private static String replacedElsewhere(Sketch sketch) {
        int number = 20;
        String canary = "";
        for (Action.Launch launch : launches(sketch.planFor(LONG))) {
            for (int i = 0; i < launch.count(); i++) {
                String id = launch.pool().zone().value().substring(9) + "-" + number++;
                sketch.launched(launch.of(1), id);
                if (launch.isCanary()) {
                    canary = id;
                } else {
                    sketch.well(id);
                }
            }
        }
        sketch.wait(PASS).plan();
        return canary;
    }

    private static Action.Launch untilCanary(Sketch sketch) {
        for (int pass = 0; pass < 300; pass++) {
            Optional<Action.Launch> canary = canary(sketch.wait(PASS).plan());
            if (canary.isPresent()) {
                return canary.get();
            }
        }
        throw new AssertionError("no canary in 150 minutes");
    }

    private static Optional<Action.Launch> canary(Plan plan) {
        return launches(plan).stream().filter(Action.Launch::isCanary).findFirst();
    }

    private static List<Action.Launch> launches(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .toList();
    }

    private static List<String> condemned(Plan plan) {
        return plan.condemnations().keySet().stream()
                .map(NodeId::value)
                .sorted()
                .toList();
    }
}
