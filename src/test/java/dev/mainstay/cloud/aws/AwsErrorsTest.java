package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.fault;
import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.slow;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** Every way in which a call can fail on the wire, and what follows from it. */
class AwsErrorsTest {
    private static final CallLimits IMPATIENT =
            new CallLimits(Duration.ofSeconds(2), Duration.ofMillis(150), Duration.ofMillis(400), 3);
    private static final NodeId NODE = new NodeId("i-0123");
    private static final String HTML = "<html><body><h1>500 Internal Server Error</h1>secret</body></html>";

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @ParameterizedTest
    @CsvSource({
        "500, InsufficientInstanceCapacity, CAPACITY",
        "500, InsufficientHostCapacity, CAPACITY",
        "400, InsufficientFreeAddressesInSubnet, CAPACITY",
        "400, Unsupported, CAPACITY",
        "400, Client.UnfulfillableCapacity, CAPACITY",
        "400, SpotMaxPriceTooLow, PRICE",
        "400, VcpuLimitExceeded, QUOTA",
        "400, InstanceLimitExceeded, QUOTA",
        "400, MaxSpotInstanceCountExceeded, QUOTA",
        "400, VolumeLimitExceeded, QUOTA",
        "503, RequestLimitExceeded, THROTTLE",
        "400, Throttling, THROTTLE",
        "400, ThrottlingException, THROTTLE",
        "403, UnauthorizedOperation, DENIED",
        "403, AuthFailure, DENIED",
        "403, AccessDenied, DENIED",
        "403, ExpiredToken, DENIED",
        "400, RequestExpired, DENIED",
        "403, SignatureDoesNotMatch, DENIED",
        "403, InvalidClientTokenId, DENIED",
        "403, OptInRequired, DENIED",
        "400, Blocked, DENIED",
        "403, SomethingNew, DENIED",
        "400, InvalidAMIID.NotFound, PERMANENT",
        "400, InvalidSubnetID.NotFound, PERMANENT",
        "400, InvalidParameterValue, PERMANENT",
        "400, IncorrectInstanceState, PERMANENT",
        "400, SomethingNew, PERMANENT",
        "400, InvalidAction, UNSUPPORTED",
        "400, UnsupportedOperation, UNSUPPORTED",
        "501, SomethingNew, UNSUPPORTED",
        "429, SomethingNew, THROTTLE",
        "400, IdempotentParameterMismatch, UNKNOWN_OUTCOME",
        "400, IdempotentInstanceTerminated, TOKEN_SPENT",
        "500, InternalError, UNKNOWN_OUTCOME",
        "503, ServiceUnavailable, UNKNOWN_OUTCOME",
        "503, Unavailable, UNKNOWN_OUTCOME",
        "500, SomethingNew, UNKNOWN_OUTCOME",
    })
    void aRefusedLaunchIsSortedByItsCode(int status, String code, FailureKind kind) {
        WIRE.on("RunInstances", reply(status, AwsXml.ec2Error(code, "As EC2 puts it.")));

        CloudException failure = launch(WIRE.cloud(Specs.blog()));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageStartingWith("RunInstances failed: " + code)
                .hasMessageContaining("request-1");
        assertThat(WIRE.calls("RunInstances")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidInstanceID.NotFound, NOT_FOUND",
        "400, OperationNotPermitted, PERMANENT",
        "400, Unsupported, UNSUPPORTED",
    })
    void aRefusedTerminationIsSortedByItsCode(int status, String code, FailureKind kind) {
        WIRE.on("TerminateInstances", reply(status, AwsXml.ec2Error(code, "As EC2 puts it.")));

        assertThat(terminate(WIRE.cloud(Specs.blog())).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "400, TargetGroupNotFound, NOT_FOUND",
        "400, InvalidTarget, NOT_FOUND",
        "400, TooManyTargets, QUOTA",
        "400, Throttling, THROTTLE",
        "403, AccessDenied, DENIED",
        "403, ExpiredToken, DENIED",
    })
    void aRefusedRegistrationIsSortedByItsCode(int status, String code, FailureKind kind) {
        WIRE.on("RegisterTargets", reply(status, AwsXml.queryError(code, "As ELB puts it.")));

        CloudException failure = catchThrowableOfType(
                CloudException.class,
                () -> WIRE.cloud(Specs.blog()).balancers().getFirst().register(Set.of(NODE)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith("RegisterTargets failed: " + code + ": As ELB puts it");
    }

    @Test
    void aWriteIsSentOnceHoweverItFails() {
        Cloud cloud = WIRE.cloud(Specs.blog());
        for (Fault fault : Fault.values()) {
            WIRE.on("TerminateInstances", fault(fault));

            assertThat(terminate(cloud).kind()).as(fault.name()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        }

        assertThat(WIRE.calls("TerminateInstances")).hasSameSizeAs(Fault.values());
    }

    @Test
    void aReadIsSentThreeTimesAtMost() {
        WIRE.on("DescribeInstances", reply(503, AwsXml.ec2Error("Unavailable", "Later.")));

        CloudException failure = read(WIRE.cloud(Specs.blog()));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(WIRE.calls("DescribeInstances")).hasSize(3);
    }

    @Test
    void aReadThatFailsOnceIsReadAgain() {
        WIRE.on(
                "DescribeInstances",
                _ -> WIRE.calls("DescribeInstances").size() == 1
                        ? fault(Fault.CONNECTION_RESET_BY_PEER)
                        : xml(AwsXml.instances(List.of(), "")));

        assertThat(WIRE.cloud(Specs.blog()).instances().of(Specs.BLOG)).isEmpty();
    }

    @Test
    void anAnswerInHtmlIsAFailureAndIsNotQuoted() {
        WIRE.on("TerminateInstances", reply(500, HTML));

        CloudException failure = terminate(WIRE.cloud(Specs.blog()));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(failure).hasMessage("TerminateInstances failed: HTTP 500 without an AWS error code");
    }

    @ParameterizedTest
    @CsvSource({"401, DENIED", "403, DENIED", "404, PERMANENT", "429, THROTTLE", "502, UNKNOWN_OUTCOME"})
    void anErrorWithoutABodyIsSortedByItsStatus(int status, FailureKind kind) {
        WIRE.on("TerminateInstances", reply(status, ""));

        assertThat(terminate(WIRE.cloud(Specs.blog())).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>It works!</body></html>",
                "<DescribeInstancesResponse><reservationSet><item><instancesSet>",
                "{\"reservations\": []}",
                "<DescribeInstancesResponse/>",
            })
    void anAnswerThatIsNotAListIsAFailureAndNotAnEmptyCluster(String body) {
        WIRE.on("DescribeInstances", xml(body));

        CloudException failure = read(WIRE.cloud(Specs.blog()));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(failure.getMessage()).startsWith("DescribeInstances ").doesNotContain("<", "\n");
    }

    @Test
    void aRefusalOfTheCredentialsIsToldThoughTheJdkDropsItsBody() {
        WIRE.on("TerminateInstances", reply(401, AwsXml.ec2Error("AuthFailure", "As EC2 puts it.")));

        CloudException failure = terminate(WIRE.cloud(Specs.blog()));

        assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
        assertThat(failure)
                .hasMessage("TerminateInstances failed: HTTP 401 without an AWS error code; check the credentials");
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsAnUnknownOutcome() {
        WIRE.on("TerminateInstances", slow(xml("<TerminateInstancesResponse/>"), Duration.ofSeconds(2)));

        CloudException failure = terminate(WIRE.clouds(IMPATIENT).cloud(Specs.blog()));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        assertThat(failure).hasMessage("TerminateInstances failed: no answer within the time limit");
    }

    @Test
    void anEndpointThatIsDownWasNeverReached() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }
        try (AwsClouds clouds = new AwsClouds(
                AwsWire.HURRIED,
                builder -> builder.endpointOverride(URI.create("http://127.0.0.1:" + freePort))
                        .credentialsProvider(AnonymousCredentialsProvider.create()))) {
            CloudException failure = terminate(clouds.cloud(Specs.blog()));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("could not reach AWS").hasMessageContaining("refused");
        }
    }

    @Test
    void anEndpointWithoutAnAddressWasNeverReached() {
        try (AwsClouds clouds = new AwsClouds(
                AwsWire.HURRIED,
                builder -> builder.endpointOverride(URI.create("http://ec2.nowhere.invalid"))
                        .credentialsProvider(AnonymousCredentialsProvider.create()))) {
            CloudException failure = terminate(clouds.cloud(Specs.blog()));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("unknown host");
        }
    }

    @Test
    void withoutCredentialsNothingIsSentAndTheMessageSaysWhatToDo() {
        try (AwsClouds clouds = new AwsClouds(
                AwsWire.HURRIED,
                builder -> builder.endpointOverride(WIRE.endpoint())
                        .credentialsProvider(
                                AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create())))) {
            CloudException failure = terminate(clouds.cloud(Specs.blog()));

            assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
            assertThat(failure).hasMessageContaining("no AWS credentials were found; give this machine");
        }
        assertThat(WIRE.calls("TerminateInstances")).isEmpty();
    }

    @Test
    void aMessageIsOneShortLine() {
        WIRE.on(
                "TerminateInstances",
                reply(
                        403,
                        AwsXml.ec2Error(
                                "UnauthorizedOperation",
                                "You are not authorized\n to do this. Encoded authorization failure message: "
                                        + "x".repeat(900))));

        assertThat(terminate(WIRE.cloud(Specs.blog())))
                .hasMessage("TerminateInstances failed: UnauthorizedOperation: You are not authorized to do this"
                        + " (request request-1)");
    }

    @Test
    void markupIsNotQuoted() {
        WIRE.on("TerminateInstances", reply(500, AwsXml.ec2Error("InternalError", "&lt;html&gt;Oh.&lt;/html&gt;")));

        assertThat(terminate(WIRE.cloud(Specs.blog())))
                .hasMessage("TerminateInstances failed: InternalError (request request-1)");
    }

    @Test
    void theSignedRequestIsNotQuoted() {
        WIRE.on(
                "TerminateInstances",
                reply(403, AwsXml.ec2Error("SignatureDoesNotMatch", "canonical x-amz-security-token:abc")));

        assertThat(terminate(WIRE.cloud(Specs.blog())).getMessage()).doesNotContain("abc", "token");
    }

    private static CloudException terminate(Cloud cloud) {
        return catchThrowableOfType(
                CloudException.class, () -> cloud.instances().terminate(NODE));
    }

    private static CloudException read(Cloud cloud) {
        return catchThrowableOfType(
                CloudException.class, () -> cloud.instances().of(Specs.BLOG));
    }

    private static CloudException launch(Cloud cloud) {
        Launcher.Request request = new Launcher.Request(
                Instant.EPOCH,
                new IntentId("intent-1"),
                "lt-0123",
                "1",
                new Pool(new InstanceType("t2.micro"), new Zone("us-east-1a")),
                "subnet-1",
                new TreeMap<>(),
                Market.ON_DEMAND,
                null,
                null,
                1,
                Map.of());
        return catchThrowableOfType(CloudException.class, () -> cloud.launcher().launch(request));
    }
}
