package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cloud.Balancer;
import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.TargetHealth;
import dev.mainstay.cluster.TargetHealth.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link ClassicBalancer} sends, and what it makes of the answers. */
class ClassicBalancerTest {
    private static final NodeId NODE = new NodeId("i-1");

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @ParameterizedTest
    @CsvSource({
        "InService, N/A, N/A, HEALTHY, false",
        "InService, N/A, Instance deregistration currently in progress., DRAINING, false",
        "OutOfService, Instance, Instance has failed at least the UnhealthyThreshold number of health checks"
                + " consecutively., UNHEALTHY, true",
        "OutOfService, Instance, Instance has not passed the configured HealthyThreshold number of health checks"
                + " consecutively., INITIAL, false",
        "OutOfService, ELB, Instance registration is still in progress., INITIAL, false",
        "OutOfService, ELB, Instance is in the EC2 Availability Zone for which LoadBalancer is not configured to route"
                + " traffic to., UNUSED, false",
        "OutOfService, ELB, A transient error occurred. Please try again later., UNHEALTHY, false",
        "OutOfService, N/A, N/A, UNHEALTHY, false",
        "Unknown, ELB, A transient error occurred. Please try again later., UNKNOWN, false",
        "SomethingNew, N/A, N/A, UNKNOWN, false",
    })
    void readsEveryStateAndBlamesTheNodeForItsOwnOnly(
            String state, String reason, String sentence, State expected, boolean sick) {
        WIRE.on(
                "DescribeInstanceHealth",
                xml(AwsXml.instanceHealth(List.of(AwsXml.instanceState("i-1", state, reason, sentence)))));

        TargetHealth health = Objects.requireNonNull(balancer().health().get(NODE));

        assertThat(health.state()).isEqualTo(expected);
        assertThat(health.sick()).isEqualTo(sick);
    }

    @Test
    void asksWithoutIdsSinceOneThatIsUnknownWouldFailTheCall() {
        WIRE.on("DescribeInstanceHealth", xml(AwsXml.instanceHealth(List.of())));

        assertThat(balancer().health()).isEmpty();

        assertThat(WIRE.onlyCall("DescribeInstanceHealth").form()).doesNotContainKey("Instances.member.1.InstanceId");
    }

    @Test
    void anAnswerWithoutAListIsAFailureAndNotAnEmptyLoadBalancer() {
        WIRE.on("DescribeInstanceHealth", xml(AwsXml.query("DescribeInstanceHealth", "")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> balancer().health())
                .withMessage("DescribeInstanceHealth answered without a list of instances");
    }

    @ParameterizedTest
    @CsvSource({"true, 300, 300", "false, 300, 0"})
    void drainsForTheTimeOutOfConnectionDrainingAndNotAtAllWithoutIt(String enabled, String timeout, long seconds) {
        WIRE.on(
                "DescribeLoadBalancerAttributes",
                xml(AwsXml.classicAttributes(element("Enabled", enabled) + element("Timeout", timeout))));

        assertThat(balancer().drainTime()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void drainingThatIsNotToldIsUnknownAndNotZero() {
        WIRE.on("DescribeLoadBalancerAttributes", xml(AwsXml.classicAttributes("")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> balancer().drainTime())
                .withMessage("DescribeLoadBalancerAttributes answered without connection draining");
    }

    @Test
    void whoDoesNotExistAnyMoreIsOutOfRotation() {
        WIRE.on(
                "DeregisterInstancesFromLoadBalancer",
                reply(400, AwsXml.queryError("InvalidInstance", "Could not find EC2 instance i-1.")));

        assertThatCode(() -> balancer().deregister(Set.of(NODE))).doesNotThrowAnyException();
    }

    @Test
    void aLoadBalancerThatDoesNotExistIsAMistakeInTheConfig() {
        WIRE.on(
                "DeregisterInstancesFromLoadBalancer",
                reply(400, AwsXml.queryError("LoadBalancerNotFound", "There is no ACTIVE Load Balancer named 'web'")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> balancer().deregister(Set.of(NODE)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT));
    }

    private static Balancer balancer() {
        return WIRE.cloud(Specs.classic()).balancers().getFirst();
    }
}
