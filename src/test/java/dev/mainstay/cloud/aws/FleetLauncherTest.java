package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static dev.mainstay.cloud.aws.AwsXml.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Launcher;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link FleetLauncher} sends, and what it makes of the answers. */
class FleetLauncherTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pool MICRO_IN_A = new Pool(new InstanceType("t2.micro"), new Zone("us-east-1a"));
    private static final Pool SMALL_IN_B = new Pool(new InstanceType("t2.small"), new Zone("us-east-1b"));
    private static final SequencedMap<Pool, String> BOTH = new LinkedHashMap<>();

    static {
        BOTH.put(MICRO_IN_A, "subnet-a");
        BOTH.put(SMALL_IN_B, "subnet-b");
    }

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @BeforeEach
    void aPlainTemplate() {
        WIRE.on(
                "DescribeLaunchTemplateVersions",
                xml(AwsXml.ec2("DescribeLaunchTemplateVersions", element("launchTemplateVersionSet", ""))));
    }

    @Test
    void asksForSpotInAnyOfThePoolsByPriceAndCapacity() {
        answer(instance("i-1", "t2.micro", "subnet-a"), "");

        launcher().launch(request(Market.SPOT, 0.01));

        assertThat(WIRE.onlyCall("CreateFleet").form())
                .containsEntry("ClientToken", "intent-1")
                .containsEntry("Type", "instant")
                .containsEntry("TargetCapacitySpecification.TotalTargetCapacity", "2")
                .containsEntry("TargetCapacitySpecification.DefaultTargetCapacityType", "spot")
                .containsEntry("SpotOptions.AllocationStrategy", "price-capacity-optimized")
                .containsEntry("SpotOptions.InstanceInterruptionBehavior", "terminate")
                .containsEntry("LaunchTemplateConfigs.1.LaunchTemplateSpecification.LaunchTemplateId", "lt-0123")
                .containsEntry("LaunchTemplateConfigs.1.LaunchTemplateSpecification.Version", "7")
                .containsEntry("LaunchTemplateConfigs.1.Overrides.1.InstanceType", "t2.micro")
                .containsEntry("LaunchTemplateConfigs.1.Overrides.1.SubnetId", "subnet-a")
                .containsEntry("LaunchTemplateConfigs.1.Overrides.1.MaxPrice", "0.01")
                .containsEntry("LaunchTemplateConfigs.1.Overrides.2.InstanceType", "t2.small")
                .containsEntry("TagSpecification.1.ResourceType", "instance")
                .containsEntry("TagSpecification.1.Tag.1.Value", "blog")
                .containsEntry("TagSpecification.2.ResourceType", "volume");
    }

    @Test
    void asksForOnDemandInOurOrder() {
        answer(instance("i-1", "t2.micro", "subnet-a"), "");

        launcher().launch(request(Market.ON_DEMAND, null));

        assertThat(WIRE.onlyCall("CreateFleet").form())
                .containsEntry("TargetCapacitySpecification.DefaultTargetCapacityType", "on-demand")
                .containsEntry("OnDemandOptions.AllocationStrategy", "prioritized")
                .containsEntry("LaunchTemplateConfigs.1.Overrides.1.Priority", "0.0")
                .containsEntry("LaunchTemplateConfigs.1.Overrides.2.Priority", "1.0")
                .doesNotContainKey("SpotOptions.AllocationStrategy");
    }

    @Test
    void ofAPartialFillTellsWhatWasMadeWhereAndWhichPoolHadNoMore() {
        answer(instance("i-1", "t2.small", "subnet-b"), error("InsufficientInstanceCapacity", "t2.micro", "subnet-a"));

        Launcher.Launched launched = launcher().launch(request(Market.SPOT, null));

        assertThat(launched.instances()).extracting(Instance::pool).containsExactly(SMALL_IN_B);
        assertThat(launched.refused()).containsExactly(MICRO_IN_A);
    }

    @ParameterizedTest
    @CsvSource({
        "InsufficientInstanceCapacity, UnfulfillableCapacity, CAPACITY",
        "SpotMaxPriceTooLow, SpotMaxPriceTooLow, PRICE",
        "SpotMaxPriceTooLow, InsufficientInstanceCapacity, CAPACITY",
        "InsufficientInstanceCapacity, MaxSpotInstanceCountExceeded, QUOTA",
        "UnauthorizedOperation, InsufficientInstanceCapacity, DENIED",
        "RequestLimitExceeded, InsufficientInstanceCapacity, THROTTLE",
        "InternalError, InternalError, CAPACITY",
        "SomethingNew, InsufficientInstanceCapacity, PERMANENT",
    })
    void aSuccessThatMadeNothingIsARefusalByTheErrorsInIt(String one, String other, FailureKind kind) {
        answer("", error(one, "t2.micro", "subnet-a") + error(other, "t2.small", "subnet-b"));

        CloudException failure =
                catchThrowableOfType(CloudException.class, () -> launcher().launch(request(Market.SPOT, null)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith("CreateFleet of 2 pools failed: ");
    }

    @Test
    void anAnswerWithoutInstanceAndErrorIsAnUnknownOutcome() {
        answer("", "");

        CloudException failure =
                catchThrowableOfType(CloudException.class, () -> launcher().launch(request(Market.SPOT, null)));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
    }

    private static void answer(String instances, String errors) {
        WIRE.on(
                "CreateFleet",
                xml(AwsXml.ec2(
                        "CreateFleet",
                        element("fleetId", "fleet-1")
                                + element("errorSet", errors)
                                + element("fleetInstanceSet", instances))));
    }

    private static String instance(String id, String type, String subnet) {
        return item(overrides(type, subnet)
                + element("instanceIds", item(id))
                + element("instanceType", type)
                + element("lifecycle", "spot"));
    }

    private static String error(String code, String type, String subnet) {
        return item(overrides(type, subnet) + element("errorCode", code) + element("errorMessage", "As EC2 puts it."));
    }

    private static String overrides(String type, String subnet) {
        return element(
                "launchTemplateAndOverrides",
                element("overrides", element("instanceType", type) + element("subnetId", subnet)));
    }

    private static Launcher launcher() {
        return WIRE.cloud(Specs.byFleet()).launcher();
    }

    private static Launcher.Request request(Market market, @Nullable Double maxPrice) {
        return new Launcher.Request(
                AT,
                new IntentId("intent-1"),
                "lt-0123",
                "7",
                MICRO_IN_A,
                "subnet-a",
                BOTH,
                market,
                maxPrice,
                null,
                2,
                Map.of("mainstay:cluster", "blog"));
    }
}
