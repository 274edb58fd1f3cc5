package dev.mainstay.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link Instances} promises, on any cloud. */
public abstract class InstancesContract {
    private static final ClusterName BLOG = new ClusterName("blog");
    private static final Pool MICRO_IN_A = new Pool(new InstanceType("t2.micro"), new Zone("us-east-1a"));
    private static final NodeId NOBODY = new NodeId("i-00000000000000bad");

    protected abstract CloudStage stage();

    @Test
    void listsTheWholeClusterHoweverManyPagesItFills() {
        CloudStage stage = stage();
        List<NodeId> launched = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            launched.add(runningIn(stage, "blog"));
        }

        assertThat(stage.cloud().instances().of(BLOG))
                .extracting(Instance::id)
                .containsExactlyInAnyOrderElementsOf(launched);
    }

    @Test
    void leavesOutWhatBelongsToAnotherCluster() {
        CloudStage stage = stage();
        NodeId ours = runningIn(stage, "blog");
        runningIn(stage, "shop");
        stage.running(MICRO_IN_A, Market.ON_DEMAND, Map.of());

        assertThat(stage.cloud().instances().of(BLOG)).extracting(Instance::id).containsExactly(ours);
    }

    @Test
    void anEmptyClusterIsAnEmptyList() {
        assertThat(stage().cloud().instances().of(BLOG)).isEmpty();
    }

    @Test
    void tellsWhatAnInstanceIs() {
        CloudStage stage = stage();
        Map<String, String> tags = Map.of(Tags.CLUSTER, "blog", Tags.LINEAGE, "l-1", "Name", "blog 1");
        NodeId id = stage.running(MICRO_IN_A, Market.SPOT, tags);

        assertThat(stage.cloud().instances().byId(Set.of(id))).singleElement().satisfies(instance -> {
            assertThat(instance.pool()).isEqualTo(MICRO_IN_A);
            assertThat(instance.market()).isEqualTo(Market.SPOT);
            assertThat(instance.state()).isEqualTo(InstanceState.RUNNING);
            assertThat(instance.tags()).containsAllEntriesOf(tags);
        });
    }

    @Test
    void findsByIdWhatExistsAndLeavesOutWhatDoesNot() {
        CloudStage stage = stage();
        NodeId id = runningIn(stage, "blog");

        assertThat(stage.cloud().instances().byId(Set.of(id, NOBODY)))
                .extracting(Instance::id)
                .containsExactly(id);
    }

    @Test
    void readsTheStatusOfThoseThatExistAndLeavesOutThoseThatDoNot() {
        CloudStage stage = stage();
        NodeId id = runningIn(stage, "blog");

        assertThat(stage.cloud().instances().statuses(Set.of(id, NOBODY)))
                .containsOnlyKeys(id)
                .allSatisfy((node, status) -> {
                    assertThat(status.check()).isNotEqualTo(StatusCheck.IMPAIRED);
                    assertThat(status.events()).isEmpty();
                });
    }

    @Test
    void asksNothingAboutNobody() {
        Instances instances = stage().cloud().instances();

        assertThat(instances.byId(Set.of())).isEmpty();
        assertThat(instances.statuses(Set.of())).isEmpty();
        assertThat(instances.creditModes(Set.of())).isEmpty();
    }

    @Test
    void whatIsTerminatedIsEndingOrForgotten() {
        CloudStage stage = stage();
        NodeId id = runningIn(stage, "blog");
        NodeId other = runningIn(stage, "blog");

        stage.cloud().instances().terminate(id);
        stage.settle();

        assertThat(stage.cloud().instances().of(BLOG))
                .filteredOn(instance -> !instance.state().ending())
                .extracting(Instance::id)
                .containsExactly(other);
    }

    @Test
    void terminatingTwiceIsNoFailure() {
        CloudStage stage = stage();
        NodeId id = runningIn(stage, "blog");

        stage.cloud().instances().terminate(id);
        stage.cloud().instances().terminate(id);
    }

    @Test
    void terminatingWhatNeverWasIsNotFound() {
        Instances instances = stage().cloud().instances();

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> instances.terminate(NOBODY))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND))
                .withMessageContaining(NOBODY.value());
    }

    private static NodeId runningIn(CloudStage stage, String cluster) {
        return stage.running(MICRO_IN_A, Market.ON_DEMAND, Map.of(Tags.CLUSTER, cluster));
    }
}
