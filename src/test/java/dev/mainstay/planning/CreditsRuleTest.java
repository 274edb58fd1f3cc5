package dev.mainstay.planning;

import static dev.mainstay.planning.HealthTest.conditions;
import static dev.mainstay.planning.HealthTest.guards;
import static dev.mainstay.planning.HealthTest.kinds;
import static dev.mainstay.planning.HealthTest.phase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CreditsRuleTest {
    private static final Duration SIX_MINUTES = Duration.ofMinutes(6);

    @Test
    void replacesAnExhaustedT2ByAFreshOne() {
        Plan plan = Sketch.healthy().credits("b-1", 0.4, 10.2).planFor(SIX_MINUTES);

        assertThat(phase(plan, "b-1")).isEqualTo(Phase.CONDEMNED);
        assertThat(plan.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Launch.class,
                        launch -> assertThat(launch.endowed()).isTrue());
    }

    @Test
    void waitsForASecondSampleUnlessTheNodeFailsItsChecksToo() {
        assertThat(Sketch.healthy()
                        .credits("b-1", 0.4, 10)
                        .planFor(Duration.ofMinutes(3))
                        .actions())
                .isEmpty();
        assertThat(kinds(Sketch.healthy().credits("b-1", 0.4, 10).sick("b-1").planFor(Duration.ofMinutes(1))))
                .containsExactly(ActionKind.LAUNCH);
    }

    @Test
    void anIdleNodeWithoutCreditsIsNotExhausted() {
        assertThat(Sketch.healthy()
                        .credits("b-1", 0.0, 2)
                        .planFor(Duration.ofHours(1))
                        .actions())
                .isEmpty();
    }

    @Test
    void missingSamplesAreUnknownAndNeverZero() {
        assertThat(Sketch.healthy().planFor(Duration.ofHours(1)).actions()).isEmpty();
    }

    @Test
    void replacesNobodyWhenHalfOfTheClusterIsExhausted() {
        Sketch sketch = Sketch.healthy().credits("b-1", 0, 10).credits("c-1", 0, 10);

        Plan plan =
                sketch.with(SpecDraft.micro().remedy(Remedy.REPLACE).build()).planFor(SIX_MINUTES);

        assertThat(plan.condemnations()).isEmpty();
        assertThat(kinds(plan)).containsOnly(ActionKind.LAUNCH);
        assertThat(conditions(plan)).contains(ConditionName.CLUSTER_OVERLOADED);
    }

    @Test
    void anOverloadGoesOnWhileItsNodesAreAboutToBeTakenAway() {
        Sketch sketch =
                Sketch.healthy().credits("a-1", 0, 10).credits("b-1", 0, 10).credits("c-1", 0, 10);
        sketch.planFor(SIX_MINUTES);

        Plan plan = sketch.noticed("b-1")
                .noticed("c-1")
                .wait(Duration.ofSeconds(30))
                .plan();

        assertThat(plan.condemnations()).isEmpty();
        assertThat(conditions(plan)).contains(ConditionName.CLUSTER_OVERLOADED);
        assertThat(kinds(plan)).containsOnly(ActionKind.SET_CREDIT_MODE, ActionKind.LAUNCH);
    }

    @Test
    void switchesToUnlimitedWhenLaunchCreditsAreUsedUp() {
        ClusterSpec spec = SpecDraft.micro().launchesPerDay(0).build();

        Plan plan = Sketch.healthy().with(spec).credits("b-1", 0, 10).planFor(SIX_MINUTES);

        assertThat(kinds(plan)).containsExactly(ActionKind.SET_CREDIT_MODE);
    }

    @Test
    void replacesNobodyWithoutLaunchCreditsToGain() {
        ClusterSpec spec =
                SpecDraft.micro().remedy(Remedy.REPLACE).launchesPerDay(0).build();

        Plan plan = Sketch.healthy().with(spec).credits("b-1", 0, 10).planFor(SIX_MINUTES);

        assertThat(plan.actions()).isEmpty();
        assertThat(guards(plan)).containsExactly(GuardName.LAUNCH_CREDIT_LIMIT);
    }

    @Test
    void leavesAYoungNodeAlone() {
        Sketch sketch = Sketch.healthy()
                .with(SpecDraft.micro().youngNode(Duration.ofMinutes(30)).build());
        sketch.add("c-2", dev.mainstay.cluster.Market.SPOT, sketch.now().minus(Duration.ofMinutes(11)))
                .credits("c-2", 0, 10);
        sketch.state("c-1", dev.mainstay.cluster.InstanceState.TERMINATED);

        Plan plan = sketch.planFor(SIX_MINUTES);

        assertThat(plan.condemnations()).isEmpty();
        assertThat(guards(plan)).contains(GuardName.YOUNG_NODE);
    }

    @Test
    void saysWhenTheCreditsWillEnd() {
        Sketch sketch = Sketch.healthy().credits("b-1", 40, 100);

        Plan plan = sketch.plan();

        // 60 credits an hour spent, 6 earned: 40 last 44 minutes and 27 seconds beyond the sample's five.
        assertThat(plan.nodes().stream()
                        .filter(node -> node.id().value().equals("b-1"))
                        .findFirst()
                        .orElseThrow()
                        .exhaustsAt())
                .isEqualTo(sketch.now().plus(Duration.ofSeconds(5 * 60 + 44 * 60 + 27)));
    }
}
