package dev.mainstay.wire;

import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.wire.WiredDaemon.conditions;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.mainstay.cloud.aws.AwsWire;
import dev.mainstay.cloud.aws.AwsXml;
import dev.mainstay.cluster.Gap;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Pass;
import dev.mainstay.reconcile.Event;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The endpoint fails, in the ways in which endpoints do. */
class WiredTroubleTest {
    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    /** Answers that say nothing of the cluster, however much they look as if they did. */
    static Stream<Named<AwsWire.Reply>> badAnswers() {
        String whole = AwsXml.instances(List.of(), "");
        return Stream.of(
                Named.of("refused credentials", reply(403, AwsXml.ec2Error("AuthFailure", "Not able to validate"))),
                Named.of("a 401 without a body", reply(401, "")),
                Named.of("an XML that ends early", xml(whole.substring(0, whole.length() - 30))),
                Named.of("a web page", xml("<html><body>Welcome to the proxy</body></html>")),
                Named.of("an empty body", xml("")),
                Named.of("no list", xml(AwsXml.ec2("DescribeInstances", ""))),
                Named.of("throttling", reply(503, AwsXml.ec2Error("RequestLimitExceeded", "Slow down"))),
                Named.of("a broken connection", AwsWire.fault(Fault.CONNECTION_RESET_BY_PEER)),
                Named.of("rubbish", AwsWire.fault(Fault.MALFORMED_RESPONSE_CHUNK)));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void whileInstancesCannotBeReadNothingIsDoneAndItIsSaidOnce(AwsWire.Reply bad) {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            daemon.passes(4);
            int writes = daemon.aws().writes();

            WIRE.on("DescribeInstances", bad);
            Pass blind = daemon.passes(30);

            assertThat(daemon.aws().writes()).isEqualTo(writes);
            assertThat(conditions(blind)).contains(ConditionName.CANNOT_SEE);
            assertThat(daemon.told(Event.Kind.CONDITION, "cannot-see")).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void aFirstSightThatFailsLaunchesNothing(AwsWire.Reply bad) {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            WIRE.on("DescribeInstances", bad);

            Pass blind = daemon.passes(30);

            assertThat(daemon.aws().launched()).isZero();
            assertThat(conditions(blind))
                    .contains(ConditionName.CANNOT_SEE)
                    .doesNotContain(ConditionName.BELOW_DESIRED);
        }
    }

    @Test
    void anEmptyListIsNotBelievedWhileTheNodesCanBeFoundById() {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            daemon.passes(4);
            int writes = daemon.aws().writes();

            daemon.aws().forgetTags();
            daemon.passes(30);

            assertThat(daemon.aws().writes()).isEqualTo(writes);
        }
    }

    @Test
    void aServerThatIsDownIsToldOnceAndComesBackByItself() {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            daemon.passes(4);
            daemon.aws().terminateBehindItsBack(daemon.aws().alive().getFirst().id());
            WIRE.shut();
            Pass blind;
            try {
                blind = daemon.passes(30);
            } finally {
                WIRE.open();
            }

            Pass seeing = daemon.passes(4);

            assertThat(conditions(blind)).contains(ConditionName.CANNOT_SEE);
            assertThat(conditions(seeing))
                    .containsExactlyInAnyOrder(ConditionName.PARTIAL_SIGHT, ConditionName.PRICE_UNKNOWN);
            assertThat(daemon.told(Event.Kind.CONDITION, "cannot-see"))
                    .hasSize(2)
                    .last()
                    .isEqualTo("ends");
            assertThat(daemon.aws().launched()).isEqualTo(5);
            assertThat(daemon.aws().alive()).hasSize(4);
        }
    }

    @Test
    void aServerThatIsDownAtTheStartIsWaitedFor() {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            WIRE.shut();
            Pass blind;
            try {
                blind = daemon.passes(10);
            } finally {
                WIRE.open();
            }

            Pass seeing = daemon.passes(4);

            assertThat(conditions(blind)).contains(ConditionName.CANNOT_SEE);
            assertThat(seeing.observation().gaps())
                    .extracting(Gap::source)
                    .doesNotContain(Gap.Source.SPOT_PRICES, Gap.Source.TARGET_GROUP_SETTINGS);
            assertThat(conditions(seeing))
                    .containsExactlyInAnyOrder(ConditionName.PARTIAL_SIGHT, ConditionName.PRICE_UNKNOWN);
            assertThat(daemon.aws().launched()).isEqualTo(4);
        }
    }

    @Test
    void aTargetGroupThatDoesNotExistLeavesTheNodesAlone() {
        try (WiredDaemon daemon = new WiredDaemon(WIRE, Habits.LIKE_AWS)) {
            daemon.passes(4);
            int writes = daemon.aws().writes();

            WIRE.on("DescribeTargetHealth", reply(400, AwsXml.queryError("TargetGroupNotFound", "None such")));
            Pass blind = daemon.passes(50);

            assertThat(daemon.aws().writes()).isEqualTo(writes);
            assertThat(conditions(blind)).contains(ConditionName.CANNOT_SEE);
        }
    }
}
