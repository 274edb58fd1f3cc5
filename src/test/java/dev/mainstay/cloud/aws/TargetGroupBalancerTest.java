package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cloud.Balancer;
import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.TargetHealth.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link TargetGroupBalancer} sends, and what it makes of the answers. */
class TargetGroupBalancerTest {
    private static final NodeId NODE = new NodeId("i-1");

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @ParameterizedTest
    @CsvSource({
        "initial, Elb.RegistrationInProgress, INITIAL",
        "healthy, '', HEALTHY",
        "unhealthy, Target.FailedHealthChecks, UNHEALTHY",
        "unhealthy, Elb.InternalError, UNHEALTHY",
        "unhealthy.draining, '', UNHEALTHY_DRAINING",
        "unused, Target.NotInUse, UNUSED",
        "draining, Target.DeregistrationInProgress, DRAINING",
        "unavailable, Target.HealthCheckDisabled, UNAVAILABLE",
        "something-new, '', UNKNOWN",
    })
    void readsEveryStateWithItsReason(String state, String reason, State expected) {
        answerWith(AwsXml.target("i-1", 80, state, reason));

        assertThat(balancer().health())
                .containsExactly(Map.entry(NODE, new TargetHealth(expected, reason.isEmpty() ? null : reason)));
    }

    @ParameterizedTest
    @CsvSource({
        "HEALTHY, '', UNHEALTHY, Target.Timeout, UNHEALTHY",
        "UNHEALTHY, Target.Timeout, HEALTHY, '', UNHEALTHY",
        "HEALTHY, '', INITIAL, '', INITIAL",
        "UNHEALTHY_DRAINING, '', DRAINING, '', UNHEALTHY_DRAINING",
        "DRAINING, '', HEALTHY, '', DRAINING",
    })
    void ofSeveralPortsTheWorstCounts(State one, String reason, State other, String otherReason, State expected) {
        answerWith(AwsXml.target("i-1", 80, one, reason), AwsXml.target("i-1", 443, other, otherReason));

        assertThat(balancer().health())
                .hasSize(1)
                .extractingByKey(NODE)
                .satisfies(health -> assertThat(health.state()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"Target.Timeout, Elb.InternalError", "Elb.InternalError, Target.Timeout"})
    void ofTwoIllnessesTheNodesOwnCounts(String one, String other) {
        answerWith(AwsXml.target("i-1", 80, State.UNHEALTHY, one), AwsXml.target("i-1", 443, State.UNHEALTHY, other));

        assertThat(balancer().health()).containsEntry(NODE, new TargetHealth(State.UNHEALTHY, "Target.Timeout"));
    }

    @Test
    void anAnswerWithoutAListIsAFailureAndNotAnEmptyGroup() {
        WIRE.on("DescribeTargetHealth", xml(AwsXml.query("DescribeTargetHealth", "")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> balancer().health())
                .withMessage("DescribeTargetHealth answered without a list of targets");
    }

    @Test
    void readsTheDeregistrationDelay() {
        attributes(Map.of("stickiness.enabled", "false", "deregistration_delay.timeout_seconds", "300"));

        assertThat(balancer().drainTime()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"stickiness.enabled, false", "deregistration_delay.timeout_seconds, soon"})
    void aDelayThatIsNotToldIsUnknownAndNotZero(String key, String value) {
        attributes(Map.of(key, value));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> balancer().drainTime())
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME));
    }

    @ParameterizedTest
    @CsvSource({"RegisterTargets", "DeregisterTargets"})
    void namesTheGroupAndTheTargets(String action) {
        WIRE.on(action, xml(AwsXml.query(action, "")));

        Set<NodeId> ids = Set.of(NODE, new NodeId("i-2"));
        if (action.equals("RegisterTargets")) {
            balancer().register(ids);
        } else {
            balancer().deregister(ids);
        }

        AwsWire.Call call = WIRE.onlyCall(action);
        assertThat(call.field("TargetGroupArn")).isEqualTo(Specs.WEB.value());
        assertThat(call.fields("Targets.member.", ".Id")).containsExactly("i-1", "i-2");
    }

    @Test
    void nobodyIsRegisteredOrDeregisteredWithoutACall() {
        balancer().register(Set.of());
        balancer().deregister(Set.of());

        assertThat(WIRE.calls("RegisterTargets")).isEmpty();
        assertThat(WIRE.calls("DeregisterTargets")).isEmpty();
    }

    private static Balancer balancer() {
        return WIRE.cloud(Specs.blog()).balancers().getFirst();
    }

    private static void answerWith(String... targets) {
        WIRE.on("DescribeTargetHealth", xml(AwsXml.targetHealth(List.of(targets))));
    }

    private static void attributes(Map<String, String> attributes) {
        WIRE.on("DescribeTargetGroupAttributes", xml(AwsXml.targetGroupAttributes(attributes)));
    }
}
