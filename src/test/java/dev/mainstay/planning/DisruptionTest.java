package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.MaintenanceWindow;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Voluntary;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes that serve well, and are to be replaced all the same: when that may be done, and how many at once. */
class DisruptionTest {
    private static final Duration PASS = Duration.ofSeconds(30);
    private static final Instant NEXT_WEEK = Instant.parse("2026-03-09T08:00:00Z");

    private static Sketch announced(ClusterSpec spec, Instant notBefore, String... ids) {
        Sketch sketch = new Sketch(spec).onDemand("a-1").spot("a-2").spot("b-1").spot("c-1");
        sketch.plan();
        for (String id : ids) {
            sketch.event(id, new ScheduledEvent(ScheduledEvent.Kind.INSTANCE_RETIREMENT, notBefore, "degraded"));
        }
        return sketch.wait(PASS);
    }

    private static ClusterSpec nightly(Set<Voluntary> reasons) {
        return SpecDraft.micro()
                .windows(new MaintenanceWindow(
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.of(22, 30),
                        LocalTime.of(4, 0),
                        ZoneId.of("UTC"),
                        reasons))
                .build();
    }

    /** The condemned node is replaced by this one, drained and terminated; the plan after it. */
    private static Plan replaced(Sketch sketch, String replacement) {
        sketch.add(replacement, Market.SPOT, sketch.now().minus(Duration.ofMinutes(20)));
        Plan plan = sketch.wait(PASS).plan();
        assertThat(kinds(plan)).containsExactly(ActionKind.DEREGISTER);
        String gone = plan.actions().getFirst().subject().orElseThrow().value();
        sketch.done(plan.actions().getFirst()).deregistered(gone);
        plan = sketch.wait(PASS).plan();
        assertThat(kinds(plan)).containsExactly(ActionKind.TERMINATE);
        sketch.done(plan.actions().getFirst()).unlisted(gone);
        return sketch.wait(PASS).plan();
    }

    @Test
    void replacesOneNodeAtATimeAndTheNextWhenThatOneIsGone() {
        Sketch sketch = announced(SpecDraft.micro().build(), NEXT_WEEK, "b-1", "c-1");

        Plan first = sketch.plan();
        assertThat(first.condemnations()).hasSize(1);
        assertThat(kinds(first)).containsExactly(ActionKind.LAUNCH);
        assertThat(guards(first)).containsExactly(GuardName.DISRUPTION_BUDGET);
        assertThat(first.withheld().getFirst().reason())
                .isEqualTo(new Reason.OneAtATime(
                        first.condemnations().keySet().iterator().next()));

        assertThat(replaced(sketch, "b-2").condemnations()).hasSize(1);
    }

    @Test
    void aProtectedNodeThatWasGivenUpBeforeKeepsNobodyWaiting() {
        Sketch sketch = announced(SpecDraft.micro().build(), NEXT_WEEK, "b-1", "c-1");
        Plan first = sketch.plan();
        NodeId condemned = first.condemnations().keySet().iterator().next();

        Plan second = sketch.protectedByTag(condemned.value()).wait(PASS).plan();

        assertThat(second.condemnations()).hasSize(1).doesNotContainKey(condemned);
    }

    @Test
    void replacesNoMoreThanTwoAnHourAndSixADayAcrossRestarts() {
        Sketch sketch = announced(SpecDraft.micro().build(), NEXT_WEEK, "b-1");
        Action.Terminate one = new Action.Terminate(
                new NodeId("x-1"), false, new Reason.EventAhead(ScheduledEvent.Kind.INSTANCE_STOP, NEXT_WEEK));
        Instant begun = sketch.now();
        for (int hour = 0; hour < 3; hour++) {
            sketch.done(one).done(one);
            Plan plan = sketch.restarted().wait(PASS).plan();
            assertThat(plan.condemnations()).isEmpty();
            assertThat(guards(plan)).containsExactly(GuardName.DISRUPTION_BUDGET);
            Instant free =
                    hour < 2 ? sketch.now().minus(PASS).plus(Duration.ofHours(1)) : begun.plus(Duration.ofHours(24));
            assertThat(plan.withheld().getFirst().until()).isEqualTo(free);
            sketch.wait(Duration.ofHours(1));
        }

        assertThat(sketch.wait(Duration.ofHours(20)).plan().condemnations()).isEmpty();
        assertThat(sketch.wait(Duration.ofHours(1)).plan().condemnations()).hasSize(1);
    }

    @Test
    void replacesForAnEventOnlyInsideTheWindow() {
        Sketch sketch = announced(nightly(EnumSet.allOf(Voluntary.class)), NEXT_WEEK, "b-1");

        Plan plan = sketch.plan();
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.condemnations()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.MAINTENANCE_WINDOW);
        assertThat(plan.withheld().getFirst().until()).isEqualTo(Instant.parse("2026-03-02T22:30:00Z"));

        sketch.wait(Duration.between(sketch.now(), Instant.parse("2026-03-02T22:30:00Z")));
        assertThat(sketch.plan().condemnations()).hasSize(1);
    }

    @Test
    void leavesACondemnedNodeInRotationWhenTheWindowCloses() {
        Sketch sketch = announced(nightly(EnumSet.allOf(Voluntary.class)), NEXT_WEEK, "b-1");
        sketch.wait(Duration.between(sketch.now(), Instant.parse("2026-03-03T03:59:00Z")));
        assertThat(sketch.plan().condemnations()).hasSize(1);
        sketch.add("b-2", Market.SPOT, sketch.now());

        Plan after = sketch.wait(Duration.ofMinutes(2)).plan();

        assertThat(after.actions()).isEmpty();
        assertThat(guards(after)).containsExactly(GuardName.MAINTENANCE_WINDOW);
    }

    @Test
    void terminatesOutsideTheWindowWhoeverIsOutOfRotationAlready() {
        Sketch sketch = announced(nightly(EnumSet.allOf(Voluntary.class)), NEXT_WEEK, "b-1");
        sketch.wait(Duration.between(sketch.now(), Instant.parse("2026-03-03T03:58:00Z")));
        sketch.plan();
        sketch.add("b-2", Market.SPOT, sketch.now());
        Plan drain = sketch.wait(PASS).plan();
        sketch.done(drain.actions().getFirst()).deregistered("b-1");

        assertThat(kinds(sketch.wait(Duration.ofMinutes(2)).plan())).containsExactly(ActionKind.TERMINATE);
    }

    @Test
    void doesNotWaitForAWindowThatOpensAfterTheEvent() {
        Sketch sketch =
                announced(nightly(EnumSet.allOf(Voluntary.class)), Instant.parse("2026-03-02T20:00:00Z"), "b-1");

        assertThat(sketch.plan().condemnations()).hasSize(1);
    }

    @Test
    void returnsToSpotOnlyInsideTheWindowThatIsAboutReturns() {
        Sketch sketch = new Sketch(nightly(EnumSet.of(Voluntary.RETURN)))
                .onDemand("a-1")
                .onDemand("b-1")
                .onDemand("c-1")
                .spot("c-2");
        sketch.plan();

        Plan day = sketch.wait(PASS).plan();
        assertThat(day.actions()).isEmpty();
        assertThat(guards(day)).containsExactly(GuardName.MAINTENANCE_WINDOW);

        sketch.wait(Duration.between(sketch.now(), Instant.parse("2026-03-02T22:30:00Z")));
        assertThat(kinds(sketch.plan())).containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void healsAndReplacesTheLostOutsideEveryWindow() {
        Sketch sketch = announced(nightly(EnumSet.allOf(Voluntary.class)), NEXT_WEEK);
        sketch.vanished("c-1").sick("b-1");

        Plan plan = sketch.planFor(Duration.ofMinutes(8));

        assertThat(plan.withheld()).extracting(Withheld::guard).doesNotContain(GuardName.MAINTENANCE_WINDOW);
        assertThat(kinds(plan)).contains(ActionKind.LAUNCH);
        sketch.spot("b-2").spot("c-2");
        assertThat(kinds(sketch.wait(PASS).plan())).containsExactly(ActionKind.DEREGISTER);
    }

    @Test
    void lastOneAtATimeHoldsForADrainThatDoesNotEnd() {
        Sketch sketch = announced(SpecDraft.micro().build(), NEXT_WEEK, "b-1", "c-1");
        sketch.plan();
        sketch.add("b-2", Market.SPOT, sketch.now());
        Plan drain = sketch.wait(PASS).plan();
        String leaving = drain.actions().getFirst().subject().orElseThrow().value();
        sketch.done(drain.actions().getFirst()).target(leaving, TargetHealth.State.DRAINING, null);

        Plan meanwhile = sketch.wait(PASS).plan();

        assertThat(meanwhile.condemnations()).isEmpty();
        assertThat(guards(meanwhile)).containsExactly(GuardName.DISRUPTION_BUDGET);
    }
}
