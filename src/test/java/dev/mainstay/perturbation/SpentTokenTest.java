package dev.mainstay.perturbation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.testing.Altered;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The answer to the first launch is lost and its node is not to be seen yet, so the call is made again with the same token;
 * meanwhile something happened by which EC2 refuses the token.
 */
class SpentTokenTest {
    private static final Duration UNSEEN = Duration.ofMinutes(2);

    /** IdempotentInstanceTerminated: what the token made is gone, so another node is due. */
    @Test
    void launchesAnotherNodeWhereTheFirstWasTerminatedUnseen() {
        try (Rehearsal cluster = lost(now ->
                now.inject(new Fault.TerminateBehindBack(now.alive().getFirst().id())))) {
            assertThat(refused(cluster, "IdempotentInstanceTerminated")).isPositive();
            assertThat(cluster.launched()).isEqualTo(2);
            assertThat(cluster.alive()).hasSize(1);
            assertThat(cluster.serving()).hasSize(1);
        }
    }

    /** IdempotentParameterMismatch: the token was used, so the first call did arrive, and its node is only not to be seen. */
    @Test
    void launchesNothingElseWhereTheConfigChangedMeanwhile() {
        try (Rehearsal cluster = lost(now -> now.reload(tagged(now.spec())))) {
            assertThat(refused(cluster, "IdempotentParameterMismatch")).isPositive();
            assertThat(cluster.launched()).isEqualTo(1);
            assertThat(cluster.alive()).hasSize(1);
            assertThat(cluster.serving()).hasSize(1);
        }
    }

    private static ClusterSpec tagged(ClusterSpec spec) {
        return Altered.with(spec, "launch", Altered.with(spec.launch(), "tags", Map.of("team", "web")));
    }

    private static long refused(Rehearsal cluster, String code) {
        return cluster.log().stream().filter(line -> line.contains(code)).count();
    }

    private static Rehearsal lost(Consumer<Rehearsal> meanwhile) {
        Scenario scenario = Scenarios.bootstrap("bootstrap of one", 1);
        LostLaunch interference = new LostLaunch();
        Rehearsal cluster = new Rehearsal(scenario.spec(), scenario.world(), interference);
        interference.unseen.attach(cluster);
        cluster.run(Duration.ofSeconds(10));
        meanwhile.accept(cluster);
        cluster.run(Duration.ofMinutes(20));
        return cluster;
    }

    /** The first launch's answer is lost, and what is new is not shown for a while. */
    private static final class LostLaunch implements Interference {
        private final NewNodes unseen = new NewNodes(new NewNode(UNSEEN, false), Duration.ZERO);
        private boolean heard;

        @Override
        public <R> R carry(Call call, Supplier<R> there) {
            R answer = unseen.carry(call, there);
            if (call.operation().equals("RunInstances") && !heard) {
                heard = true;
                throw SdkClientException.create("Read timed out");
            }
            return answer;
        }
    }
}
