package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A loss in a pool puts its older nodes at risk: they are replaced before they are lost, and let go if they are not. */
class AtRiskTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    /** Six desired: the base, three spot nodes in zone b, one in each of the others. */
    private static Sketch threeInOnePool() {
        Sketch sketch = new Sketch(SpecDraft.micro().desired(6).build())
                .onDemand("a-1")
                .spot("a-2")
                .spot("b-1")
                .spot("b-2")
                .spot("b-3")
                .spot("c-1");
        sketch.planFor(Duration.ofMinutes(2));
        return sketch;
    }

    @Test
    void replacesTheOlderSiblingsOfALostNodeInTheSamePass() {
        Plan plan = threeInOnePool().wait(PASS).noticed("b-1").plan();

        assertThat(phases(plan, Phase.AT_RISK)).containsExactly("b-2", "b-3");
        assertThat(launches(plan).stream().mapToInt(Action.Launch::count).sum()).isEqualTo(3);
        assertThat(launches(plan)).allSatisfy(launch -> {
            assertThat(launch.market()).isEqualTo(Market.SPOT);
            assertThat(launch.pool().zone()).isNotEqualTo(new Zone("us-east-1b"));
        });
    }

    @Test
    void takesALossWithoutNoticeForAWarningToo() {
        Plan plan = threeInOnePool().wait(PASS).taken("b-1").plan();

        assertThat(phases(plan, Phase.AT_RISK)).containsExactly("b-2", "b-3");
    }

    @Test
    void leavesOutWhoCameAfterTheLoss() {
        Sketch sketch = threeInOnePool().wait(PASS).noticed("b-1");
        sketch.plan();
        sketch.add("b-4", Market.SPOT, sketch.now().plusSeconds(10));

        Plan plan = sketch.wait(PASS).plan();

        assertThat(phases(plan, Phase.AT_RISK)).containsExactly("b-2", "b-3");
    }

    @Test
    void forgivesAfterAWhile() {
        Sketch sketch = threeInOnePool().wait(PASS).noticed("b-1");
        sketch.plan();
        sketch.state("b-1", InstanceState.TERMINATED);

        assertThat(phases(sketch.wait(Duration.ofMinutes(7)).plan(), Phase.AT_RISK))
                .hasSize(2);
        assertThat(phases(sketch.wait(Duration.ofMinutes(1)).plan(), Phase.AT_RISK))
                .isEmpty();
    }

    @Test
    void lastsAsLongAsTheConfigSays() {
        Sketch sketch = threeInOnePool();
        sketch.with(
                SpecDraft.micro().desired(6).atRiskFor(Duration.ofMinutes(2)).build());
        sketch.wait(PASS).noticed("b-1").plan();

        assertThat(phases(sketch.wait(Duration.ofMinutes(2)).plan(), Phase.AT_RISK))
                .isEmpty();
    }

    @Test
    void takesNobodyOutBeforeEnoughSafeNodesServe() {
        Sketch sketch = threeInOnePool().wait(PASS).noticed("b-1");
        sketch.plan();
        sketch.state("b-1", InstanceState.TERMINATED);
        sketch.add("c-2", Market.SPOT, sketch.now()).add("a-3", Market.SPOT, sketch.now());

        assertThat(sketch.wait(PASS).plan().actions())
                .noneMatch(action -> action.kind().destructive());
    }

    /** Neither the heal budget nor youth keeps a survivor, but only one goes in a pass. */
    @Test
    void dropsSurvivorsOneAPassOnceSafeNodesServe() {
        Sketch sketch = threeInOnePool();
        sketch.with(SpecDraft.micro()
                .desired(6)
                .healsPerHour(0)
                .youngNode(Duration.ofHours(5))
                .build());
        sketch.wait(PASS).noticed("b-1").plan();
        sketch.state("b-1", InstanceState.TERMINATED);
        sketch.add("c-2", Market.SPOT, sketch.now())
                .add("a-3", Market.SPOT, sketch.now())
                .add("c-3", Market.SPOT, sketch.now());

        Plan first = sketch.wait(PASS).plan();
        assertThat(first.actions()).singleElement().isInstanceOfSatisfying(Action.Deregister.class, action -> {
            assertThat(action.node()).isEqualTo(new NodeId("b-2"));
            assertThat(action.reason()).isEqualTo(new Reason.SurvivorReplaced(6, 6));
        });
        sketch.done(first.actions().getFirst());

        assertThat(sketch.wait(PASS).plan().actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Deregister.class,
                        action -> assertThat(action.node()).isEqualTo(new NodeId("b-3")));
    }

    @Test
    void keepsASurvivorThatMaySpareAReturn() {
        Sketch sketch = threeInOnePool().wait(PASS).noticed("b-1");
        sketch.plan();
        sketch.state("b-1", InstanceState.TERMINATED);
        sketch.onDemand("a-4").onDemand("c-4").spot("c-5");

        Plan plan = sketch.wait(PASS).plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(launches(sketch.wait(PASS).plan())).isEmpty();
    }

    @Test
    void launchesNoMoreThanMaxAllows() {
        Sketch sketch = threeInOnePool();
        sketch.with(SpecDraft.micro().desired(6).max(7).build());

        Plan plan = sketch.wait(PASS).noticed("b-1").plan();

        assertThat(launches(plan).stream().mapToInt(Action.Launch::count).sum()).isEqualTo(1);
    }

    static List<String> phases(Plan plan, Phase phase) {
        return plan.nodes().stream()
                .filter(node -> node.phase() == phase)
                .map(node -> node.id().value())
                .toList();
    }
}
