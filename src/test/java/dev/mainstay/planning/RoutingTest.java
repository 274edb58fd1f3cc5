package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.testing.Sketch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A target group that its load balancer does not use. */
class RoutingTest {
    @Test
    void launchesNothingAboveTheFloorWhileTheBalancerSendsNobodyAnywhere() {
        Plan plan = unused().state("c-1", InstanceState.TERMINATED).planFor(Duration.ofMinutes(1));

        assertThat(plan.actions()).extracting(Action::kind).doesNotContain(ActionKind.LAUNCH);
        assertThat(plan.withheld())
                .filteredOn(held -> held.action().kind() == ActionKind.LAUNCH)
                .extracting(Withheld::guard)
                .containsOnly(GuardName.NOT_ROUTING);
    }

    @Test
    void takesNobodyOutWhomTheBalancerDoesNotJudgeForTroubleOfItsOwn() {
        Sketch sketch = Sketch.healthy();
        sketch.planFor(Duration.ofMinutes(10));
        for (String id : new String[] {"a-1", "a-2", "b-1", "c-1"}) {
            sketch.target(id, TargetHealth.State.UNAVAILABLE, "Elb.InternalError")
                    .announced(
                            id,
                            new ScheduledEvent(
                                    ScheduledEvent.Kind.INSTANCE_RETIREMENT,
                                    sketch.now().plus(Duration.ofHours(3)),
                                    "retires"));
        }

        assertThat(sketch.planFor(Duration.ofHours(1)).actions())
                .noneMatch(action -> action.kind().destructive());
    }

    @Test
    void givesUpNoNewNodeWhileTheBalancerHasTroubleOfItsOwn() {
        Sketch sketch = Sketch.healthy();
        sketch.planFor(Duration.ofMinutes(10));
        sketch.add("b-2", Market.SPOT, sketch.now()).target("b-2", TargetHealth.State.UNHEALTHY, "Elb.InternalError");

        assertThat(sketch.planFor(Duration.ofHours(1)).condemnations()).isEmpty();
    }

    private static Sketch unused() {
        Sketch sketch = Sketch.healthy();
        for (String id : new String[] {"a-1", "a-2", "b-1", "c-1"}) {
            sketch.target(id, TargetHealth.State.UNUSED, "Target.NotInUse");
        }
        return sketch;
    }
}
