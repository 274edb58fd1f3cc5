package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static dev.mainstay.cloud.aws.AwsXml.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link RunInstancesLauncher} sends, and what it makes of the answers. */
class RunInstancesLauncherTest {
    private static final String TEMPLATES = "DescribeLaunchTemplateVersions";
    private static final Pool MICRO_IN_A = new Pool(new InstanceType("t2.micro"), new Zone("us-east-1a"));
    private static final Map<String, String> TAGS = Map.of(Tags.CLUSTER, "blog", Tags.ROLE, "spot");
    private static final Instant LAUNCHED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SPARE_ROW = item(element("instanceId", "i-1")
            + element("instanceState", element("name", "pending"))
            + element("launchTime", LAUNCHED.toString()));

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @BeforeEach
    void aPlainTemplateAndAnAnswer() {
        template("");
        WIRE.on("RunInstances", xml(AwsXml.launched(List.of(SPARE_ROW))));
    }

    @Test
    void sendsASpotLaunchWhole() {
        launcher().launch(request("lt-0123", "7", Market.SPOT, 0.0000116, CreditMode.STANDARD));

        assertThat(WIRE.onlyCall("RunInstances").form())
                .containsEntry("ClientToken", "intent-1")
                .containsEntry("LaunchTemplate.LaunchTemplateId", "lt-0123")
                .containsEntry("LaunchTemplate.Version", "7")
                .containsEntry("InstanceType", "t2.micro")
                .containsEntry("SubnetId", "subnet-1")
                .containsEntry("MinCount", "1")
                .containsEntry("MaxCount", "3")
                .containsEntry("CreditSpecification.CpuCredits", "standard")
                .containsEntry("InstanceMarketOptions.MarketType", "spot")
                .containsEntry("InstanceMarketOptions.SpotOptions.SpotInstanceType", "one-time")
                .containsEntry("InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior", "terminate")
                .containsEntry("InstanceMarketOptions.SpotOptions.MaxPrice", "0.0000116")
                .doesNotContainKey("LaunchTemplate.LaunchTemplateName");
    }

    @Test
    void tagsInstanceVolumesAndSpotRequestAsTheyAreBorn() {
        launcher().launch(request("lt-0123", "7", Market.SPOT, null, null));

        AwsWire.Call call = WIRE.onlyCall("RunInstances");
        assertThat(call.fields("TagSpecification.", ".ResourceType"))
                .containsExactly("instance", "volume", "spot-instances-request");
        for (int i = 1; i <= 3; i++) {
            String tags = "TagSpecification." + i + ".Tag.";
            assertThat(call.fields(tags, ".Key")).containsExactly(Tags.CLUSTER, Tags.ROLE);
            assertThat(call.fields(tags, ".Value")).containsExactly("blog", "spot");
        }
    }

    @Test
    void sendsAnOnDemandLaunchWithoutMarketOptions() {
        launcher().launch(request("web", "$Latest", Market.ON_DEMAND, null, null));

        AwsWire.Call call = WIRE.onlyCall("RunInstances");
        assertThat(call.form())
                .containsEntry("LaunchTemplate.LaunchTemplateName", "web")
                .containsEntry("LaunchTemplate.Version", "$Latest")
                .doesNotContainKeys(
                        "LaunchTemplate.LaunchTemplateId",
                        "InstanceMarketOptions.MarketType",
                        "CreditSpecification.CpuCredits");
        assertThat(call.fields("TagSpecification.", ".ResourceType")).containsExactly("instance", "volume");
    }

    @Test
    void noPriceLimitIsSentWhereNoneIsAsked() {
        launcher().launch(request("lt-0123", "7", Market.SPOT, null, null));

        assertThat(WIRE.onlyCall("RunInstances").form())
                .doesNotContainKey("InstanceMarketOptions.SpotOptions.MaxPrice");
    }

    @Test
    void theSubnetGoesIntoTheTemplatesFirstInterface() {
        template(element(
                "networkInterfaceSet",
                item(element("deviceIndex", "1") + element("subnetId", "subnet-9"))
                        + item(element("deviceIndex", "0")
                                + element("associatePublicIpAddress", "true")
                                + element("groupSet", element("groupId", "sg-1")))));

        launcher().launch(request("lt-0123", "7", Market.ON_DEMAND, null, null));

        assertThat(WIRE.onlyCall("RunInstances").form())
                .doesNotContainKey("SubnetId")
                .containsEntry("NetworkInterface.1.DeviceIndex", "1")
                .containsEntry("NetworkInterface.1.SubnetId", "subnet-9")
                .containsEntry("NetworkInterface.2.DeviceIndex", "0")
                .containsEntry("NetworkInterface.2.SubnetId", "subnet-1")
                .containsEntry("NetworkInterface.2.AssociatePublicIpAddress", "true")
                .containsEntry("NetworkInterface.2.SecurityGroupId.1", "sg-1");
    }

    @Test
    void aTemplateThatBuysSpotItselfIsRefused() {
        template(element("instanceMarketOptions", element("marketType", "spot")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> launcher().launch(request("lt-0123", "7", Market.ON_DEMAND, null, null)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT))
                .withMessageContaining("launch template lt-0123, version 7, asks for spot instances itself");
        assertThat(WIRE.calls("RunInstances")).isEmpty();
    }

    @Test
    void theTypeThatATemplateNamesIsRead() {
        template(element("instanceType", "t3.small"));
        assertThat(launcher().templateType("lt-0123", "$Default")).contains(new InstanceType("t3.small"));

        template("");
        assertThat(launcher().templateType("lt-0123", "$Default")).isEmpty();
    }

    @Test
    void aNumberedVersionIsReadOnceAndAMovingOneEachTime() {
        Launcher launcher = launcher();
        launcher.launch(request("lt-0123", "7", Market.SPOT, null, null));
        launcher.launch(request("lt-0123", "7", Market.SPOT, null, null));
        launcher.launch(request("lt-0123", "$Default", Market.SPOT, null, null));
        launcher.launch(request("lt-0123", "$Default", Market.SPOT, null, null));

        assertThat(WIRE.calls(TEMPLATES))
                .extracting(call -> call.field("LaunchTemplateVersion.1"))
                .containsExactly("7", "$Default", "$Default");
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidAction", "403, UnauthorizedOperation", "500, SomethingNew"})
    void aTemplateThatCannotBeReadIsTakenForAPlainOne(int status, String code) {
        WIRE.on(TEMPLATES, reply(status, AwsXml.ec2Error(code, "As EC2 puts it.")));

        launcher().launch(request("lt-0123", "7", Market.SPOT, null, null));

        assertThat(WIRE.onlyCall("RunInstances").form()).containsEntry("SubnetId", "subnet-1");
    }

    @Test
    void throttledBeforeTheLaunchNothingIsLaunched() {
        WIRE.on(TEMPLATES, reply(503, AwsXml.ec2Error("RequestLimitExceeded", "Later.")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> launcher().launch(request("lt-0123", "7", Market.SPOT, null, null)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLE));
        assertThat(WIRE.calls("RunInstances")).isEmpty();
    }

    @Test
    void whatTheAnswerLeavesOutIsTakenFromTheRequest() {
        List<Instance> launched = launcher()
                .launch(request("lt-0123", "7", Market.SPOT, null, null))
                .instances();

        assertThat(launched)
                .containsExactly(new Instance(
                        new NodeId("i-1"),
                        MICRO_IN_A.type(),
                        MICRO_IN_A.zone(),
                        Market.SPOT,
                        InstanceState.PENDING,
                        null,
                        LAUNCHED,
                        null,
                        TAGS));
    }

    @Test
    void whatTheAnswerSaysIsBelievedBeforeTheRequest() {
        WIRE.on(
                "RunInstances",
                xml(AwsXml.launched(List.of(AwsXml.row(new Instance(
                        new NodeId("i-1"),
                        new InstanceType("t2.small"),
                        new Zone("us-east-1b"),
                        Market.ON_DEMAND,
                        InstanceState.PENDING,
                        null,
                        LAUNCHED,
                        null,
                        Map.of(Tags.ROLE, "base")))))));

        assertThat(launcher()
                        .launch(request("lt-0123", "7", Market.ON_DEMAND, null, null))
                        .instances())
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.pool()).hasToString("t2.small in us-east-1b");
                    assertThat(instance.tags()).isEqualTo(Map.of(Tags.CLUSTER, "blog", Tags.ROLE, "base"));
                });
    }

    @Test
    void fewerThanAskedForMeansThatTheOthersWereRefused() {
        assertThat(launcher()
                        .launch(request("lt-0123", "7", Market.SPOT, null, null))
                        .refused())
                .containsExactly(MICRO_IN_A);
    }

    @Test
    void anAnswerWithoutAnInstanceIsAnUnknownOutcome() {
        WIRE.on("RunInstances", xml(AwsXml.launched(List.of())));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> launcher().launch(request("lt-0123", "7", Market.SPOT, null, null)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME));
    }

    private static Launcher launcher() {
        return WIRE.cloud(Specs.blog()).launcher();
    }

    private static void template(String data) {
        WIRE.on(
                TEMPLATES,
                xml(AwsXml.ec2(
                        TEMPLATES,
                        element(
                                "launchTemplateVersionSet",
                                item(element("launchTemplateId", "lt-0123") + element("launchTemplateData", data))))));
    }

    private static Launcher.Request request(
            String template, String version, Market market, @Nullable Double maxPrice, @Nullable CreditMode mode) {
        return new Launcher.Request(
                LAUNCHED,
                new IntentId("intent-1"),
                template,
                version,
                MICRO_IN_A,
                "subnet-1",
                new TreeMap<>(),
                market,
                maxPrice,
                mode,
                3,
                TAGS);
    }
}
