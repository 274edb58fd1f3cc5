package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static dev.mainstay.cloud.aws.AwsXml.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.Instances;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.InstanceState;
import dev.mainstay.cluster.InstanceStatus;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.ScheduledEvent;
import dev.mainstay.cluster.StatusCheck;
import dev.mainstay.cluster.Tags;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Ec2Instances} sends, and what it makes of the answers. */
class Ec2InstancesTest {
    private static final NodeId NODE = new NodeId("i-0123");
    private static final Instant LAUNCHED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instance SPOT_NODE = new Instance(
            NODE,
            new InstanceType("t2.micro"),
            new Zone("us-east-1a"),
            Market.SPOT,
            InstanceState.TERMINATED,
            "Server.SpotInstanceTermination",
            LAUNCHED,
            "sir-1",
            Map.of(Tags.CLUSTER, "blog", "Name", ""));

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @Test
    void readsEverythingOfARow() {
        answerWith(AwsXml.row(SPOT_NODE));

        assertThat(instances().of(Specs.BLOG)).containsExactly(SPOT_NODE);
    }

    @ParameterizedTest
    @EnumSource(InstanceState.class)
    void readsEveryState(InstanceState state) {
        answerWith(AwsXml.row(SPOT_NODE.withState(state)));

        assertThat(instances().of(Specs.BLOG)).extracting(Instance::state).containsExactly(state);
    }

    @Test
    void filtersByTheClustersTagAndAsksForPages() {
        answerWith();

        instances().of(Specs.BLOG);

        AwsWire.Call call = WIRE.onlyCall("DescribeInstances");
        assertThat(call.form())
                .containsEntry("Filter.1.Name", "tag:mainstay:cluster")
                .containsEntry("Filter.1.Value.1", "blog")
                .containsEntry("MaxResults", "1000")
                .doesNotContainKey("Filter.2.Name");
    }

    @Test
    void readsOnThroughAPageThatIsEmpty() {
        WIRE.on("DescribeInstances", call -> switch (call.field("NextToken")) {
            case "" -> xml(AwsXml.instances(List.of(), "second"));
            case "second" -> xml(AwsXml.instances(List.of(AwsXml.row(SPOT_NODE)), "third"));
            default -> xml(AwsXml.instances(List.of(), ""));
        });

        assertThat(instances().of(Specs.BLOG)).containsExactly(SPOT_NODE);
        assertThat(WIRE.calls("DescribeInstances")).hasSize(3);
    }

    @Test
    void aPageThatFailsFailsTheRead() {
        WIRE.on(
                "DescribeInstances",
                call -> call.field("NextToken").isEmpty()
                        ? xml(AwsXml.instances(List.of(AwsXml.row(SPOT_NODE)), "second"))
                        : reply(400, AwsXml.ec2Error("InvalidNextToken", "It expired.")));

        assertFails(instances(), FailureKind.PERMANENT, "InvalidNextToken");
    }

    @Test
    void pagesThatNeverEndAreGivenUp() {
        WIRE.on("DescribeInstances", xml(AwsXml.instances(List.of(), "again")));

        assertFails(instances(), FailureKind.UNKNOWN_OUTCOME, "every page with the same one");
    }

    @Test
    void anInstanceThatIsListedTwiceIsOneInstance() {
        answerWith(AwsXml.row(SPOT_NODE), AwsXml.row(SPOT_NODE));

        assertThat(instances().of(Specs.BLOG)).hasSize(1);
    }

    @Test
    void theRoleTagTellsTheMarketWhereTheLifecycleDoesNot() {
        answerWith(row(tagSet("mainstay:role", "spot")));

        assertThat(instances().of(Specs.BLOG)).extracting(Instance::market).containsExactly(Market.SPOT);
    }

    @Test
    void withoutEitherTheMarketIsOnDemand() {
        answerWith(row(tagSet("mainstay:role", "base")));

        assertThat(instances().of(Specs.BLOG)).extracting(Instance::market).containsExactly(Market.ON_DEMAND);
    }

    @Test
    void aRowWithoutZoneAndTypeIsKeptInAPoolOfItsOwn() {
        answerWith(row(""));

        assertThat(instances().of(Specs.BLOG)).singleElement().satisfies(instance -> {
            assertThat(instance.zone()).isEqualTo(new Zone("unknown"));
            assertThat(instance.type()).isEqualTo(new InstanceType("unknown.unknown"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"instanceId", "launchTime", "instanceState"})
    void aRowWithoutWhatDecidesLifeAndDeathFailsTheRead(String essential) {
        answerWith(AwsXml.row(SPOT_NODE).replace(essential + ">", "other>"));

        assertFails(instances(), FailureKind.UNKNOWN_OUTCOME, "answered without");
    }

    @Test
    void asksForManyIdsInChunksThatAFilterHolds() {
        answerWith();

        instances().byId(ids(401));

        assertThat(WIRE.calls("DescribeInstances"))
                .extracting(call -> call.fields("Filter.1.Value.", "").size())
                .containsExactly(200, 200, 1);
        assertThat(WIRE.calls("DescribeInstances"))
                .allSatisfy(call -> assertThat(call.field("Filter.1.Name")).isEqualTo("instance-id"));
    }

    @ParameterizedTest
    @CsvSource({
        "ok, ok, OK",
        "impaired, ok, IMPAIRED",
        "ok, impaired, IMPAIRED",
        "initializing, ok, UNKNOWN",
        "ok, insufficient-data, UNKNOWN",
        "impaired, not-applicable, IMPAIRED",
    })
    void takesTheTwoStatusChecksTogether(String system, String instance, StatusCheck verdict) {
        WIRE.on(
                "DescribeInstanceStatus",
                xml(statuses(item(element("instanceId", NODE.value())
                        + element("systemStatus", element("status", system))
                        + element("instanceStatus", element("status", instance))))));

        assertThat(instances().statuses(Set.of(NODE)))
                .containsExactly(Map.entry(NODE, new InstanceStatus(verdict, List.of())));
    }

    @Test
    void readsWhatIsAnnounced() {
        String retirement = element("code", "instance-retirement")
                + element("description", "The instance is running on degraded hardware")
                + element("notBefore", "2026-03-14T10:00:00.000Z");
        String over = element("code", "system-reboot") + element("description", "[Completed] scheduled reboot");
        String news = element("code", "instance-teleport");
        WIRE.on(
                "DescribeInstanceStatus",
                xml(statuses(item(element("instanceId", NODE.value())
                        + element("eventsSet", item(retirement) + item(over) + item(news))))));

        assertThat(instances().statuses(Set.of(NODE)))
                .containsEntry(
                        NODE,
                        new InstanceStatus(
                                StatusCheck.UNKNOWN,
                                List.of(
                                        new ScheduledEvent(
                                                ScheduledEvent.Kind.INSTANCE_RETIREMENT,
                                                Instant.parse("2026-03-14T10:00:00Z"),
                                                "The instance is running on degraded hardware"),
                                        new ScheduledEvent(
                                                ScheduledEvent.Kind.SYSTEM_REBOOT,
                                                null,
                                                "[Completed] scheduled reboot"),
                                        new ScheduledEvent(ScheduledEvent.Kind.UNKNOWN, null, ""))));
    }

    @Test
    void asksForTheStatusOfAHundredAtATime() {
        WIRE.on("DescribeInstanceStatus", xml(statuses("")));

        instances().statuses(ids(101));

        assertThat(WIRE.calls("DescribeInstanceStatus"))
                .extracting(call -> call.fields("InstanceId.", "").size())
                .containsExactly(100, 1);
    }

    @Test
    void anIdThatEc2HasForgottenIsDroppedFromASecondQuestion() {
        WIRE.on(
                "DescribeInstanceStatus",
                call -> call.fields("InstanceId.", "").contains("i-1")
                        ? reply(400, AwsXml.ec2Error("InvalidInstanceID.NotFound", "The ID 'i-1' does not exist"))
                        : xml(statuses("")));

        instances().statuses(Set.of(new NodeId("i-1"), new NodeId("i-12")));

        assertThat(WIRE.calls("DescribeInstanceStatus"))
                .extracting(call -> call.fields("InstanceId.", ""))
                .containsExactly(List.of("i-1", "i-12"), List.of("i-12"));
    }

    @Test
    void aNotFoundThatNamesNobodyIsAFailure() {
        WIRE.on("DescribeInstanceStatus", reply(400, AwsXml.ec2Error("InvalidInstanceID.NotFound", "Somebody")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> instances().statuses(Set.of(NODE)));
    }

    @Test
    void readsCreditModes() {
        String rows = item(element("instanceId", "i-1") + element("cpuCredits", "standard"))
                + item(element("instanceId", "i-2") + element("cpuCredits", "unlimited"))
                + item(element("instanceId", "i-3") + element("cpuCredits", "something-new"));
        WIRE.on(
                "DescribeInstanceCreditSpecifications",
                xml(AwsXml.ec2(
                        "DescribeInstanceCreditSpecifications", element("instanceCreditSpecificationSet", rows))));

        assertThat(instances().creditModes(ids(3)))
                .containsOnly(
                        Map.entry(new NodeId("i-1"), CreditMode.STANDARD),
                        Map.entry(new NodeId("i-2"), CreditMode.UNLIMITED));
    }

    @Test
    void setsACreditMode() {
        WIRE.on("ModifyInstanceCreditSpecification", xml(modified("")));

        instances().setCreditMode(NODE, CreditMode.UNLIMITED);

        assertThat(WIRE.onlyCall("ModifyInstanceCreditSpecification").form())
                .containsEntry("InstanceCreditSpecification.1.InstanceId", "i-0123")
                .containsEntry("InstanceCreditSpecification.1.CpuCredits", "unlimited");
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidInstanceID.NotFound, NOT_FOUND",
        "IncorrectInstanceState, PERMANENT",
        "InstanceCreditSpecification.NotSupported, PERMANENT",
    })
    void aCreditModeThatWasNotSetIsAFailureThoughTheCallSucceeds(String code, FailureKind kind) {
        String refused = item(element("instanceId", NODE.value())
                + element("error", element("code", code) + element("message", "As EC2 puts it.")));
        WIRE.on("ModifyInstanceCreditSpecification", xml(modified(refused)));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> instances().setCreditMode(NODE, CreditMode.UNLIMITED))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .withMessage("ModifyInstanceCreditSpecification of i-0123 failed: " + code + ": As EC2 puts it");
    }

    @Test
    void terminatesExactlyOne() {
        WIRE.on("TerminateInstances", xml(AwsXml.ec2("TerminateInstances", element("instancesSet", ""))));

        instances().terminate(NODE);

        assertThat(WIRE.onlyCall("TerminateInstances").fields("InstanceId.", ""))
                .containsExactly("i-0123");
    }

    @Test
    void terminationProtectionIsToldInWordsThatHelp() {
        WIRE.on("TerminateInstances", reply(400, AwsXml.ec2Error("OperationNotPermitted", "It is protected.")));

        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> instances().terminate(NODE))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT))
                .withMessageContaining("switch off its termination protection");
    }

    private static Instances instances() {
        return WIRE.cloud(Specs.blog()).instances();
    }

    private static void answerWith(String... rows) {
        WIRE.on("DescribeInstances", xml(AwsXml.instances(List.of(rows), "")));
    }

    /** A running instance of which EC2 tells the least. */
    private static String row(String more) {
        return item(element("instanceId", NODE.value())
                + element("instanceState", element("name", "running"))
                + element("launchTime", LAUNCHED.toString())
                + more);
    }

    private static String tagSet(String key, String value) {
        return AwsXml.tagSet(Map.of(key, value));
    }

    private static String statuses(String rows) {
        return AwsXml.ec2("DescribeInstanceStatus", element("instanceStatusSet", rows));
    }

    private static String modified(String refused) {
        return AwsXml.ec2(
                "ModifyInstanceCreditSpecification",
                element("successfulInstanceCreditSpecificationSet", "")
                        + element("unsuccessfulInstanceCreditSpecificationSet", refused));
    }

    private static Set<NodeId> ids(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new NodeId("i-" + i))
                .collect(Collectors.toSet());
    }

    private static void assertFails(Instances instances, FailureKind kind, String words) {
        assertThatExceptionOfType(CloudException.class)
                .isThrownBy(() -> instances.of(Specs.BLOG))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .withMessageContaining(words);
    }
}
