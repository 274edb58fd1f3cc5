package dev.mainstay.wire;

import static dev.mainstay.wire.WiredDaemon.conditions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cloud.aws.AwsWire;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Tags;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.Event;
import dev.mainstay.testing.Specs;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator sees who points Mainstay at an AWS-compatible server. */
class WiredSupervisionTest {
    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    static Stream<Arguments> servers() {
        ClusterSpec spot = WiredDaemon.spec(Specs.micro());
        ClusterSpec onDemand = WiredDaemon.spec(Specs.onDemandOnly(Specs.micro()));
        return Stream.of(
                        new Habits(true, true),
                        new Habits(true, false),
                        new Habits(false, true),
                        new Habits(false, false))
                .flatMap(habits -> Stream.of(Arguments.of(habits, spot), Arguments.of(habits, onDemand)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void launchesWhatIsDesiredTaggedOverTheZonesAndRegistersIt(Habits habits, ClusterSpec spec) {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, habits, spec)) {
            Pass pass = daemon.passes(4);

            List<Instance> alive = daemon.aws().alive();
            assertThat(alive)
                    .as(daemon::story)
                    .hasSize(4)
                    .allSatisfy(node -> assertThat(node.tags())
                            .containsEntry(Tags.CLUSTER, "blog")
                            .containsKeys(Tags.INTENT, Tags.LINEAGE, Tags.ROLE));
            assertThat(alive).extracting(Instance::zone).containsAll(WireAws.SUBNETS.keySet());
            assertThat(daemon.aws().registered()).isEqualTo(ids(alive));
            assertThat(conditions(pass)).doesNotContain(ConditionName.BELOW_DESIRED, ConditionName.STANDING_IN);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void replacesOneThatIsTerminatedBehindItsBackAndIsThenSilent(Habits habits, ClusterSpec spec) {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, habits, spec)) {
            daemon.passes(4);
            daemon.aws().terminateBehindItsBack(daemon.aws().alive().get(1).id());

            daemon.passes(4);

            assertThat(daemon.aws().alive()).hasSize(4);
            assertThat(daemon.aws().launched()).isEqualTo(5);
            assertThat(daemon.aws().registered()).containsAll(ids(daemon.aws().alive()));
            int writes = daemon.aws().writes();
            daemon.passes(50);
            assertThat(daemon.aws().writes()).isEqualTo(writes);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void survivesTheLossOfEveryNode(Habits habits, ClusterSpec spec) {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, habits, spec)) {
            daemon.passes(4);
            daemon.aws().alive().forEach(node -> daemon.aws().terminateBehindItsBack(node.id()));

            daemon.passes(20); // what stood in for spot has gone again by then

            assertThat(daemon.aws().alive()).hasSize(4);
            assertThat(daemon.aws().registered()).containsAll(ids(daemon.aws().alive()));
        }
    }

    @Test
    void carriesOnAfterARestartWithoutAWrite() {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            daemon.passes(4);
            int writes = daemon.aws().writes();

            daemon.restart().passes(20);

            assertThat(daemon.aws().writes()).isEqualTo(writes);
        }
    }

    @Test
    void callsThatTheServerDoesNotHaveAreGapsAndOneConditionToldOnce() {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            daemon.passes(4);

            Pass pass = daemon.passes(20);

            assertThat(pass.observation().gaps())
                    .extracting(Gap::source)
                    .containsExactlyInAnyOrder(Gap.Source.SPOT_REQUESTS, Gap.Source.CREDIT_MODES);
            assertThat(conditions(pass))
                    .containsExactlyInAnyOrder(ConditionName.PARTIAL_SIGHT, ConditionName.PRICE_UNKNOWN);
            assertThat(daemon.told(Event.Kind.CONDITION, "partial-sight")).hasSize(1);
        }
    }

    private static Set<NodeId> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).collect(Collectors.toSet());
    }
}
