package dev.mainstay.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@link Launcher} promises, on any cloud. */
public abstract class LauncherContract {
    private static final ClusterName BLOG = new ClusterName("blog");
    private static final Pool MICRO_IN_A = new Pool(new InstanceType("t2.micro"), new Zone("us-east-1a"));
    private static final Map<String, String> TAGS =
            Map.of(Tags.CLUSTER, "blog", Tags.INTENT, "intent-1", Tags.LINEAGE, "lineage-1", Tags.ROLE, "spot");

    protected abstract CloudStage stage();

    @Test
    void launchesAsManyAsAskedInThePoolWithTheTags() {
        List<Instance> launched = stage().cloud()
                .launcher()
                .launch(request("intent-1", Market.SPOT, 3))
                .instances();

        assertThat(launched).hasSize(3).allSatisfy(instance -> {
            assertThat(instance.pool()).isEqualTo(MICRO_IN_A);
            assertThat(instance.market()).isEqualTo(Market.SPOT);
            assertThat(instance.state().dead()).isFalse();
            assertThat(instance.tags()).containsAllEntriesOf(TAGS);
        });
        assertThat(launched).extracting(Instance::id).doesNotHaveDuplicates();
    }

    @Test
    void whatWasLaunchedIsListedInItsCluster() {
        CloudStage stage = stage();
        List<Instance> launched = stage.cloud()
                .launcher()
                .launch(request("intent-1", Market.SPOT, 2))
                .instances();
        stage.settle();

        assertThat(stage.cloud().instances().of(BLOG))
                .extracting(Instance::id)
                .containsExactlyInAnyOrderElementsOf(
                        launched.stream().map(Instance::id).toList());
    }

    @Test
    void theSameRequestAgainAnswersWithTheSameInstances() {
        CloudStage stage = stage();
        List<Instance> first = stage.cloud()
                .launcher()
                .launch(request("intent-1", Market.SPOT, 2))
                .instances();
        List<Instance> again = stage.cloud()
                .launcher()
                .launch(request("intent-1", Market.SPOT, 2))
                .instances();
        stage.settle();

        assertThat(again)
                .extracting(Instance::id)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(Instance::id).toList());
        assertThat(stage.cloud().instances().of(BLOG)).hasSize(2);
    }

    @Test
    void aTokenIsGoodForOneRequestOnly() {
        Launcher launcher = stage().cloud().launcher();
        launcher.launch(request("intent-1", Market.SPOT, 2));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> launcher.launch(request("intent-1", Market.SPOT, 1)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME));
    }

    @Test
    void aRefusalForWantOfCapacityLaunchesNothing() {
        CloudStage stage = stage();
        stage.exhaust(MICRO_IN_A);

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> stage.cloud().launcher().launch(request("intent-1", Market.SPOT, 1)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CAPACITY));
        assertThat(stage.cloud().instances().of(BLOG)).isEmpty();
    }

    private static Launcher.Request request(String token, Market market, int count) {
        return new Launcher.Request(
                Instant.parse("2026-01-01T00:00:00Z"),
                new IntentId(token),
                "lt-0123",
                "$Default",
                MICRO_IN_A,
                "subnet-1",
                new TreeMap<>(),
                market,
                null,
                CreditMode.STANDARD,
                count,
                TAGS);
    }
}
