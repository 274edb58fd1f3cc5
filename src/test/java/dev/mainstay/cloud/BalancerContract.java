package dev.mainstay.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link Balancer} promises, on any cloud. */
public abstract class BalancerContract {
    private static final Pool MICRO_IN_A = new Pool(new InstanceType("t2.micro"), new Zone("us-east-1a"));

    private static final TargetHealth DRAINING = new TargetHealth(TargetHealth.State.DRAINING, null);

    protected abstract CloudStage stage();

    @Test
    void nobodyIsThereBeforeAnyoneIsRegistered() {
        assertThat(balancer(stage()).health()).isEmpty();
    }

    @Test
    void whoIsRegisteredIsThere() {
        CloudStage stage = stage();
        NodeId one = running(stage);
        NodeId other = running(stage);

        balancer(stage).register(Set.of(one, other));
        stage.settle();

        assertThat(balancer(stage).health()).containsOnlyKeys(one, other);
    }

    @Test
    void registeringTwiceIsNoFailure() {
        CloudStage stage = stage();
        NodeId id = running(stage);

        balancer(stage).register(Set.of(id));
        balancer(stage).register(Set.of(id));
        stage.settle();

        assertThat(balancer(stage).health()).containsOnlyKeys(id);
    }

    @Test
    void whoIsDeregisteredDrainsOrIsGone() {
        CloudStage stage = stage();
        NodeId stays = running(stage);
        NodeId goes = running(stage);
        balancer(stage).register(Set.of(stays, goes));
        stage.settle();

        balancer(stage).deregister(Set.of(goes));

        Map<NodeId, TargetHealth> health = balancer(stage).health();
        assertThat(health).containsKey(stays);
        assertThat(health.getOrDefault(goes, DRAINING).state()).isEqualTo(TargetHealth.State.DRAINING);
    }

    @Test
    void deregisteringTwiceIsNoFailure() {
        CloudStage stage = stage();
        NodeId id = running(stage);
        balancer(stage).register(Set.of(id));

        balancer(stage).deregister(Set.of(id));
        balancer(stage).deregister(Set.of(id));
    }

    @Test
    void tellsHowLongItDrains() {
        assertThat(balancer(stage()).drainTime()).isBetween(Duration.ZERO, Duration.ofHours(1));
    }

    private static Balancer balancer(CloudStage stage) {
        return stage.cloud().balancers().getFirst();
    }

    private static NodeId running(CloudStage stage) {
        return stage.running(MICRO_IN_A, Market.ON_DEMAND, Map.of(Tags.CLUSTER, "blog"));
    }
}
