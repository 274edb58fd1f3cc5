package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.fault;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.NodeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** How the clients are made. */
class AwsCloudsTest {
    private static final NodeId NODE = new NodeId("i-1");

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @Test
    void findsTheEndpointAndTheKeysWhereTheSdkLooksForThem() {
        WIRE.on("DescribeInstances", xml(AwsXml.instances(List.of(), "")));

        withProperties(
                Map.of(
                        "aws.endpointUrl",
                        WIRE.endpoint().toString(),
                        "aws.accessKeyId",
                        "key",
                        "aws.secretAccessKey",
                        "secret"),
                () -> {
                    try (AwsClouds clouds = new AwsClouds()) {
                        assertThat(clouds.cloud(Specs.blog()).instances().of(Specs.BLOG))
                                .isEmpty();
                    }
                });

        assertThat(WIRE.calls("DescribeInstances")).hasSize(1);
    }

    @Test
    void aWrongEndpointIsAFailedCallAndNotAFailedStart() {
        withProperties(Map.of("aws.endpointUrl", "not an address"), () -> {
            try (AwsClouds clouds = new AwsClouds()) {
                Cloud cloud = clouds.cloud(Specs.blog());

                assertThatExceptionOfType(CloudException.class)
                        .isThrownBy(() -> cloud.instances().of(Specs.BLOG))
                        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE))
                        .withMessageStartingWith("no AWS client could be made: An invalid URI");
            }
        });
    }

    @Test
    void aConnectionThatWasKeptAndBrokeDoesNotSendAWriteTwice() {
        Cloud cloud = WIRE.cloud(Specs.blog());
        WIRE.on("TerminateInstances", xml(AwsXml.ec2("TerminateInstances", "")));
        cloud.instances().terminate(NODE);
        WIRE.on("TerminateInstances", fault(Fault.EMPTY_RESPONSE));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> cloud.instances().terminate(NODE));

        assertThat(WIRE.calls("TerminateInstances")).hasSize(2);
    }

    @Test
    void whatAGivenClientDoesNotOfferIsUnsupported() {
        Cloud cloud = AwsClouds.on(
                new GivenServices(
                        new Ec2ClientThatOffersNothing(),
                        new BalancingThatOffersNothing(),
                        new ClassicBalancingThatOffersNothing(),
                        new ScalingThatOffersNothing(),
                        new MetricsThatOfferNothing()),
                Specs.blog());

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> cloud.instances().terminate(NODE))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED))
                .withMessage("TerminateInstances is not offered by this client");
    }

    private static void withProperties(Map<String, String> properties, Runnable action) {
        properties.forEach(System::setProperty);
        try {
            action.run();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private static final class Ec2ClientThatOffersNothing implements Ec2Client {
        @Override
        public String serviceName() {
            return "ec2";
        }

        @Override
        public void close() {}
    }

    private static final class BalancingThatOffersNothing implements ElasticLoadBalancingV2Client {
        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }

    private static final class ClassicBalancingThatOffersNothing implements ElasticLoadBalancingClient {
        @Override
        public String serviceName() {
            return "elasticloadbalancing";
        }

        @Override
        public void close() {}
    }

    private static final class ScalingThatOffersNothing implements AutoScalingClient {
        @Override
        public String serviceName() {
            return "autoscaling";
        }

        @Override
        public void close() {}
    }

    private static final class MetricsThatOfferNothing implements CloudWatchClient {
        @Override
        public String serviceName() {
            return "monitoring";
        }

        @Override
        public void close() {}
    }
}
