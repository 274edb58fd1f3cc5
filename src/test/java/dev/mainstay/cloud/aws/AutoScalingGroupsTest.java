package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.reply;
import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cloud.ScalingGroups;
import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Group;
import dev.mainstay.cluster.Group.Lifecycle;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.NodeId;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link AutoScalingGroups} sends, and what it makes of the answers. */
class AutoScalingGroupsTest {
    private static final GroupName BLOG = new GroupName("blog");
    private static final NodeId NODE = new NodeId("i-1");

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @BeforeEach
    void quiet() {
        activities("");
        refreshes("");
    }

    @Test
    void readsSizesAndMembers() {
        groups(instance("i-1", "InService") + instance("i-2", "Pending"), "");

        Group group = read();

        assertThat(group.min()).isEqualTo(1);
        assertThat(group.max()).isEqualTo(8);
        assertThat(group.desired()).isEqualTo(4);
        assertThat(group.members())
                .containsEntry(NODE, Lifecycle.IN_SERVICE)
                .containsEntry(new NodeId("i-2"), Lifecycle.PENDING);
        assertThat(group.acts()).isEmpty();
        assertThat(group.rivals()).isEmpty();
        assertThat(group.refused()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Pending:Wait, PENDING_WAIT",
        "Pending:Proceed, PENDING",
        "EnteringStandby, STANDBY",
        "Standby, STANDBY",
        "Terminating, TERMINATING",
        "Terminating:Wait, TERMINATING_WAIT",
        "Terminating:Proceed, TERMINATING",
        "Warmed:Stopped, UNKNOWN"
    })
    void readsEveryLifecycle(String state, Lifecycle expected) {
        groups(instance("i-1", state), "");

        assertThat(read().members()).containsEntry(NODE, expected);
    }

    @Test
    void aGroupThatDoesNotExistIsAFailureAndNotAnEmptyOne() {
        WIRE.on(
                "DescribeAutoScalingGroups",
                xml(AwsXml.query("DescribeAutoScalingGroups", element("AutoScalingGroups", ""))));

        CloudException failure = catchThrowableOfType(CloudException.class, AutoScalingGroupsTest::read);

        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("no Auto Scaling group blog");
    }

    @Test
    void namesWhoElseActsOnItsNodes() {
        groups(
                "",
                element("HealthCheckType", "ELB")
                        + element(
                                "Tags",
                                element("member", element("Key", "spot-enabled") + element("Value", "true"))
                                        + element("member", element("Key", "team") + element("Value", "web"))));

        assertThat(read().rivals()).containsExactly("its own ELB health checks", "AutoSpotting");
    }

    @Test
    void readsWhatIsSuspended() {
        groups("", element("SuspendedProcesses", element("member", element("ProcessName", "Launch"))));

        assertThat(read().launchSuspended()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InProgress", "WaitingForSpotInstanceId", "PreInService", "MidLifecycleAction"})
    void anActivityThatIsNotOverIsToldAsWhatItDoes(String status) {
        groups("", "");
        activities(activity("Launching a new EC2 instance: i-9", status));

        assertThat(read().acts()).containsExactly("Launching a new EC2 instance: i-9");
    }

    @Test
    void anInstanceRefreshIsToldAsWhatItDoes() {
        groups("", "");
        refreshes(element("member", element("Status", "InProgress")));

        assertThat(read().acts()).containsExactly("an instance refresh (InProgress)");
    }

    @Test
    void wasRefusedWhereItsNewestLaunchFailed() {
        groups("", "");
        activities(activity("Terminating EC2 instance: i-3", "Successful")
                + activity("Launching a new EC2 instance.  Status Reason: no capacity", "Failed")
                + activity("Launching a new EC2 instance: i-2", "Successful"));

        assertThat(read().refused()).isTrue();
    }

    @Test
    void endsAnInstanceByItsIdAndTellsWhetherTheGroupShrinks() {
        WIRE.on("TerminateInstanceInAutoScalingGroup", xml(AwsXml.query("TerminateInstanceInAutoScalingGroup", "")));

        scaling().terminate(NODE, true);

        assertThat(WIRE.onlyCall("TerminateInstanceInAutoScalingGroup").form())
                .containsEntry("InstanceId", "i-1")
                .containsEntry("ShouldDecrementDesiredCapacity", "true");
    }

    @Test
    void somethingUnderWayInTheGroupIsAMatterOfTime() {
        WIRE.on(
                "TerminateInstanceInAutoScalingGroup",
                reply(400, AwsXml.queryError("ScalingActivityInProgress", "Activity is in progress.")));

        CloudException failure =
                catchThrowableOfType(CloudException.class, () -> scaling().terminate(NODE, false));

        assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLE);
    }

    private static Group read() {
        return Objects.requireNonNull(scaling().read(Set.of(BLOG)).get(BLOG));
    }

    private static ScalingGroups scaling() {
        return WIRE.cloud(Specs.blog()).groups();
    }

    private static void groups(String instances, String more) {
        WIRE.on(
                "DescribeAutoScalingGroups",
                xml(AwsXml.query(
                        "DescribeAutoScalingGroups",
                        element(
                                "AutoScalingGroups",
                                element(
                                        "member",
                                        element("AutoScalingGroupName", "blog")
                                                + element("MinSize", "1")
                                                + element("MaxSize", "8")
                                                + element("DesiredCapacity", "4")
                                                + element("Instances", instances)
                                                + more)))));
    }

    private static String instance(String id, String state) {
        return element("member", element("InstanceId", id) + element("LifecycleState", state));
    }

    private static void activities(String members) {
        WIRE.on(
                "DescribeScalingActivities",
                xml(AwsXml.query("DescribeScalingActivities", element("Activities", members))));
    }

    private static String activity(String description, String status) {
        return element("member", element("Description", description) + element("StatusCode", status));
    }

    private static void refreshes(String members) {
        WIRE.on(
                "DescribeInstanceRefreshes",
                xml(AwsXml.query("DescribeInstanceRefreshes", element("InstanceRefreshes", members))));
    }
}
