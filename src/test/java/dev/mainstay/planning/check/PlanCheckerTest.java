package dev.mainstay.planning.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.MaintenanceWindow;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Role;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.Surroundings;
import dev.mainstay.cluster.Voluntary;
import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Control;
import dev.mainstay.planning.Reason;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Plans that no rule and guard would make: each is found out by itself, whatever it says of the nodes. */
class PlanCheckerTest {
    private static final Reason SICK =
            new Reason.UnhealthyFor(Instant.parse("2026-03-02T08:00:00Z"), Duration.ofMinutes(5), Sketch.GROUP, "x");
    private static final Reason SURPLUS = new Reason.MoreThanWanted(5, 4);
    private static final Reason EVENT =
            new Reason.EventAhead(ScheduledEvent.Kind.INSTANCE_RETIREMENT, Instant.parse("2026-03-09T08:00:00Z"));

    private final Sketch sketch = Sketch.healthy();

    private static Action.Terminate terminate(String id) {
        return new Action.Terminate(new NodeId(id), false, SURPLUS);
    }

    private static Action.Deregister deregister(String id, Reason reason) {
        return new Action.Deregister(new NodeId(id), new TreeSet<>(List.of(Sketch.GROUP)), reason);
    }

    private static Action.Launch launch(int count, boolean returning) {
        Pool pool = new Pool(Specs.T2_MICRO, new Zone("us-east-1a"));
        Reason reason = returning ? new Reason.SpotReturned(pool, 1) : new Reason.CapacityMissing(4 - count, 4);
        return new Action.Launch(
                null,
                Market.SPOT,
                pool,
                Role.SPOT,
                count,
                null,
                null,
                CreditMode.STANDARD,
                null,
                returning,
                false,
                reason);
    }

    @Test
    void findsNothingInASoundPlan() {
        assertThat(sketch.breaches(deregister("b-1", SICK), launch(1, false))).isEmpty();
    }

    @Test
    void findsAnythingDoneInObserveMode() {
        sketch.with(SpecDraft.micro().mode(Mode.OBSERVE).build());

        assertThat(sketch.breaches(launch(1, false))).containsExactly("observe mode, and the plan has 1 actions");
    }

    @Test
    void findsATerminationAndTheRemovalOfAWellNodeInQuarantine() {
        sketch.with(SpecDraft.micro().mode(Mode.QUARANTINE).build());

        assertThat(sketch.breaches(deregister("b-1", SICK)))
                .containsExactly("quarantine mode, and the plan takes out b-1, which is not sick");
        assertThat(sketch.sick("b-1").breaches(deregister("b-1", SICK))).isEmpty();
        assertThat(sketch.breaches(terminate("b-1"))).contains("quarantine mode, and the plan terminates");
    }

    @Test
    void findsDestructionWithoutSight() {
        sketch.blind(Gap.Source.TARGET_HEALTH);

        assertThat(sketch.breaches(deregister("b-1", SICK)))
                .containsExactly("something vital was not read, and the plan destroys");
    }

    @Test
    void findsANodeThatIsNotOursOrProtectedOrOurselves() {
        assertThat(sketch.breaches(terminate("x-1"))).containsExactly("terminate of x-1, which is not a node of ours");
        assertThat(sketch.runsOn("b-1").breaches(deregister("b-1", SICK)))
                .containsExactly("deregister of b-1, on which we run");
        assertThat(sketch.protectedByTag("c-1").breaches(deregister("c-1", SICK)))
                .containsExactly("deregister of c-1, which is protected");
        assertThat(sketch.protectedByTag("c-1", "until=2026-03-02T08:00:00Z").breaches(deregister("c-1", SICK)))
                .isEmpty();
    }

    @Test
    void findsTooFewLeftInServiceAndTooFewOnDemand() {
        assertThat(sketch.breaches(deregister("a-2", SICK), deregister("b-1", SICK), deregister("c-1", SICK)))
                .containsExactly("1 of 4 would stay in service, under the floor of 2");
        assertThat(sketch.breaches(deregister("a-1", SICK)))
                .containsExactly("0 on-demand would stay in service, under the base of 1");
    }

    @Test
    void findsATerminationInRotationAndTwoActionsOnOneNode() {
        assertThat(sketch.breaches(terminate("b-1"))).containsExactly("terminate of b-1, which is in rotation");
        assertThat(sketch.breaches(deregister("b-1", SICK), deregister("b-1", SURPLUS)))
                .containsExactly("two actions on b-1");
    }

    @Test
    void findsMoreThanTheMaximum() {
        assertThat(sketch.breaches(launch(5, false))).containsExactly("9 would exist, over the maximum of 8");
    }

    @Test
    void findsABudgetOverdrawnInItsHourOrItsDay() {
        Action.Terminate event = new Action.Terminate(new NodeId("x-1"), false, EVENT);
        sketch.with(SpecDraft.micro().disruptions(2, 3).build());
        sketch.done(event).done(event);
        drained("b-1", EVENT);

        assertThat(sketch.breaches(new Action.Terminate(new NodeId("b-1"), false, EVENT)))
                .containsExactly("3 uses of the disruption budget of 2 in PT1H");
        sketch.wait(Duration.ofHours(2)).done(event).wait(Duration.ofHours(2));
        assertThat(sketch.breaches(new Action.Terminate(new NodeId("b-1"), false, EVENT)))
                .containsExactly("4 uses of the disruption budget of 3 in PT24H");
        assertThat(sketch.with(SpecDraft.micro().returnsPerDay(0).build()).breaches(launch(1, true)))
                .containsExactly("1 uses of the return budget of 0 in PT24H");
    }

    @Test
    void findsAnythingDoneInAPause() {
        Instant end = sketch.now().plus(Duration.ofHours(1));
        Surroundings.PauseFile file = new Surroundings.PauseFile(sketch.now(), end, "stop");

        assertThat(sketch.pauseFile(file).breaches(launch(1, false)))
                .containsExactly("paused, and the plan has 1 actions");
        sketch.pauseFile(null);
        assertThat(sketch.told(new Control.Pause(end, "ann", "stop")).breaches(launch(1, false)))
                .containsExactly("paused, and the plan has 1 actions");
        assertThat(sketch.wait(Duration.ofHours(1)).breaches(launch(1, false))).isEmpty();
    }

    @Test
    void findsSomeoneGivenUpForAnIllnessDuringADeploy() {
        sketch.told(new Control.DeployHold(Duration.ofMinutes(20), "ci", "release 12"));

        assertThat(sketch.breaches(deregister("b-1", SICK)))
                .containsExactly("deregister of b-1 for an illness, while a deploy runs");
        assertThat(sketch.wait(Duration.ofMinutes(20)).breaches(deregister("b-1", SICK)))
                .isEmpty();
    }

    @Test
    void findsWhatCouldWaitOutsideOfItsWindows() {
        sketch.with(SpecDraft.micro()
                .windows(new MaintenanceWindow(
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.of(22, 30),
                        LocalTime.of(4, 0),
                        ZoneId.of("UTC"),
                        EnumSet.allOf(Voluntary.class)))
                .build());

        assertThat(sketch.breaches(launch(1, true))).containsExactly("launch for a return outside of its windows");
        assertThat(sketch.breaches(deregister("b-1", EVENT)))
                .containsExactly("deregister for a scheduled-event outside of its windows");
        Reason soon =
                new Reason.EventAhead(ScheduledEvent.Kind.INSTANCE_RETIREMENT, Instant.parse("2026-03-02T20:00:00Z"));
        assertThat(sketch.breaches(deregister("b-1", soon))).isEmpty();
        sketch.wait(Duration.between(sketch.now(), Instant.parse("2026-03-02T22:30:00Z")));
        assertThat(sketch.breaches(launch(1, true))).isEmpty();
    }

    @Test
    void findsTwoVoluntaryReplacementsAtOnce() {
        assertThat(sketch.breaches(deregister("b-1", EVENT), deregister("c-1", EVENT)))
                .containsExactly("2 voluntary replacements at once");
        drained("b-1", EVENT);
        assertThat(sketch.breaches(deregister("c-1", EVENT))).containsExactly("2 voluntary replacements at once");
        sketch.done(new Action.Terminate(new NodeId("b-1"), false, EVENT));
        assertThat(sketch.breaches(deregister("c-1", EVENT))).isEmpty();
    }

    private void drained(String id, Reason reason) {
        sketch.done(deregister(id, reason)).deregistered(id);
    }
}
