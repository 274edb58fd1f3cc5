package dev.mainstay.planning;

import static dev.mainstay.planning.CapacityTest.launches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.Sketch;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** EC2's recommendation to leave a node is a hint, and no more. */
class RebalanceTest {
    private static final Duration PASS = Duration.ofSeconds(30);

    private static Sketch asked() {
        Sketch sketch = Sketch.healthy();
        return sketch.with(SpecDraft.micro().rebalanceCandidates(true).build());
    }

    @Test
    void changesNothingByItself() {
        Sketch sketch = Sketch.healthy().rebalance("b-1").rebalance("c-1").rebalance("a-2");

        assertThat(sketch.planFor(Duration.ofMinutes(20)).actions()).isEmpty();
    }

    @Test
    void makesItsPoolTheLastChoice() {
        Sketch sketch = Sketch.healthy().rebalance("b-1").state("c-1", InstanceState.TERMINATED);
        Sketch other = Sketch.healthy().rebalance("c-1").state("b-1", InstanceState.TERMINATED);

        assertThat(launches(sketch.wait(PASS).plan()).getFirst().pool().zone()).isEqualTo(new Zone("us-east-1c"));
        assertThat(launches(other.wait(PASS).plan()).getFirst().pool().zone()).isEqualTo(new Zone("us-east-1b"));
    }

    @Test
    void launchesOneSpareElsewhereWhereTheConfigWantsIt() {
        Sketch sketch = asked().rebalance("b-1").rebalance("c-1");

        Plan plan = sketch.plan();

        assertThat(launches(plan)).singleElement().satisfies(launch -> {
            assertThat(launch.count()).isEqualTo(1);
            assertThat(launch.pool().zone()).isNotEqualTo(new Zone("us-east-1b"));
            assertThat(launch.spends()).containsEntry(Budget.RETURN, 1);
        });
        sketch.done(launches(plan).getFirst());
        sketch.add("a-3", Market.SPOT, sketch.now());
        assertThat(sketch.planFor(Duration.ofMinutes(10)).actions()).isEmpty();
    }

    @Test
    void takesTheSpareForTheLostNode() {
        Sketch sketch = asked().rebalance("b-1");
        sketch.done(launches(sketch.plan()).getFirst());
        sketch.add("a-3", Market.SPOT, sketch.now());
        sketch.wait(PASS).plan();
        sketch.noticed("b-1");

        assertThat(launches(sketch.wait(PASS).plan())).isEmpty();
    }

    @Test
    void letsTheSpareGoWithTheHint() {
        Sketch sketch = asked().rebalance("b-1");
        sketch.done(launches(sketch.plan()).getFirst());
        sketch.add("a-3", Market.SPOT, sketch.now());
        sketch.wait(PASS).plan();

        Plan plan = sketch.wait(Duration.ofHours(2)).plan();

        assertThat(plan.actions()).singleElement().isInstanceOf(Action.Deregister.class);
    }
}
