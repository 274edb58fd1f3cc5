package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

class InstanceLifeTest {
    private static final String ZONE = "us-east-1a";

    private Region region = new Region(WorldSpec.calm(7));

    @Test
    void livesFromPendingToOblivion() {
        String id = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        assertThat(id).matches("i-[0-9a-f]{17}");
        assertThat(region.state(id)).isEqualTo("pending");

        region.passSeconds(25);
        assertThat(region.state(id)).isEqualTo("running");

        region.terminate(id);
        assertThat(region.state(id)).isEqualTo("shutting-down");
        assertThat(region.instance(id).stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");

        region.passSeconds(40);
        assertThat(region.state(id)).isEqualTo("terminated");

        region.passMinutes(61);
        assertThat(region.state(id)).isEqualTo("absent");
        assertThatThrownBy(() -> region.terminate(id)).satisfies(refusedWith("InvalidInstanceID.NotFound", 400));
    }

    @Test
    void describesWhatWasLaunched() {
        region.passSeconds(90);
        region.launch(
                Market.SPOT,
                "us-east-1b",
                1,
                request -> request.instanceType("t3.micro").tagSpecifications(Region.tags("instance", "k", "v")));

        Instance row = region.instances().getFirst();
        assertThat(row.instanceTypeAsString()).isEqualTo("t3.micro");
        assertThat(row.placement().availabilityZone()).isEqualTo("us-east-1b");
        assertThat(row.subnetId()).isEqualTo("subnet-b");
        assertThat(row.instanceLifecycleAsString()).isEqualTo("spot");
        assertThat(row.spotInstanceRequestId()).startsWith("sir-").hasSize(12);
        assertThat(row.launchTime()).isEqualTo(Region.START.plusSeconds(90));
        assertThat(row.tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactlyInAnyOrder("k=v", "aws:ec2launchtemplate:version=1");
    }

    @Test
    void takesTheSubnetFromTheFirstNetworkInterface() {
        region.ec2.runInstances(request -> request.launchTemplate(template -> template.launchTemplateName("web"))
                .networkInterfaces(InstanceNetworkInterfaceSpecification.builder()
                        .deviceIndex(0)
                        .subnetId("subnet-c")
                        .build())
                .minCount(1)
                .maxCount(1));

        assertThat(region.instances().getFirst().placement().availabilityZone()).isEqualTo("us-east-1c");
    }

    @Test
    void answersTheSameTokenWithTheSameInstances() {
        List<String> first = region.launch(Market.ON_DEMAND, ZONE, 2, token("abc"));

        assertThat(region.launch(Market.ON_DEMAND, ZONE, 2, token("abc"))).isEqualTo(first);
        assertThat(region.instances()).hasSize(2);
    }

    @Test
    void refusesATokenWithOtherParameters() {
        region.launch(Market.ON_DEMAND, ZONE, 2, token("abc"));

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 3, token("abc")))
                .satisfies(refusedWith("IdempotentParameterMismatch", 400));
    }

    @Test
    void refusesATokenWhoseInstancesHaveEnded() {
        List<String> ids = region.launch(Market.ON_DEMAND, ZONE, 2, token("abc"));
        region.terminate(ids.get(0));
        assertThat(region.launch(Market.ON_DEMAND, ZONE, 2, token("abc"))).isEqualTo(ids);

        region.terminate(ids.get(1));

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 2, token("abc")))
                .satisfies(refusedWith("IdempotentInstanceTerminated", 400));
    }

    @Test
    void hidesNewInstancesForAWhile() {
        region = new Region(WorldSpec.calm(7).withApi(new WorldSpec.Api(1000, Duration.ofMinutes(5), Duration.ZERO)));
        String id = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();

        assertThat(region.state(id)).isEqualTo("absent");
        assertThatThrownBy(() -> region.ec2.describeInstances(request -> request.instanceIds(id)))
                .satisfies(refusedWith("InvalidInstanceID.NotFound", 400));

        region.passMinutes(5);
        assertThat(region.state(id)).isEqualTo("running");
    }

    @Test
    void listsInPages() {
        region = new Region(WorldSpec.calm(7).withApi(new WorldSpec.Api(2, Duration.ZERO, Duration.ZERO)));
        List<String> ids = region.launch(Market.ON_DEMAND, ZONE, 5);

        List<Integer> pages = region.ec2.describeInstancesPaginator().stream()
                .map(DescribeInstancesResponse::reservations)
                .map(reservations -> reservations.getFirst().instances().size())
                .toList();

        assertThat(pages).containsExactly(2, 2, 1);
        assertThat(region.instances()).extracting(Instance::instanceId).isEqualTo(ids);
    }

    @Test
    void filtersByTagStateAndId() {
        String tagged = region.launch(
                        Market.ON_DEMAND,
                        ZONE,
                        1,
                        request -> request.tagSpecifications(Region.tags("instance", "team", "web")))
                .getFirst();
        String other = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.terminate(other);

        assertThat(listed("tag:team", "web", "x")).containsExactly(tagged);
        assertThat(listed("tag:team", "x")).isEmpty();
        assertThat(listed("instance-state-name", "shutting-down")).containsExactly(other);
        assertThat(listed("instance-id", other, "i-unknown")).containsExactly(other);
        assertThatThrownBy(() -> listed("host-id", "h")).satisfies(refusedWith("InvalidParameterValue", 400));
    }

    @Test
    void passesStatusChecksSomeTimeAfterItRuns() {
        String id = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        assertThat(status(id)).isEqualTo("absent");

        region.passSeconds(25);
        assertThat(status(id)).isEqualTo("initializing");

        region.passMinutes(2);
        assertThat(status(id)).isEqualTo("ok");

        region.world.inject(new Fault.Impair(Region.node(id)));
        assertThat(status(id)).isEqualTo("impaired");
    }

    @Test
    void endsBehindOurBack() {
        String id = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passMinutes(1);

        region.world.inject(new Fault.TerminateBehindBack(Region.node(id)));

        assertThat(region.state(id)).isEqualTo("shutting-down");
    }

    @Test
    void refusesWhatDoesNotExist() {
        assertThatThrownBy(() -> region.launch(
                        Market.ON_DEMAND, ZONE, 1, request -> request.launchTemplate(t -> t.launchTemplateName("no"))))
                .satisfies(refusedWith("InvalidLaunchTemplateId.NotFound", 400));
        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1, request -> request.instanceType("m9.huge")))
                .satisfies(refusedWith("Unsupported", 400));
        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, ZONE, 1, request -> request.subnetId("subnet-x")))
                .satisfies(refusedWith("InvalidSubnetID.NotFound", 400));
    }

    @Test
    void describesItsLaunchTemplate() {
        var versions = region.ec2
                .describeLaunchTemplateVersions(request -> request.launchTemplateId("lt-0123456789abcdef0")
                        .versions("$Default")
                        .resolveAlias(true))
                .launchTemplateVersions();

        assertThat(versions).singleElement().satisfies(version -> {
            assertThat(version.versionNumber()).isEqualTo(1);
            assertThat(version.launchTemplateData().instanceTypeAsString()).isEqualTo("t2.micro");
            assertThat(version.launchTemplateData().networkInterfaces()).isEmpty();
        });
    }

    static Consumer<Throwable> refusedWith(String code, int status) {
        return thrown -> {
            assertThat(thrown).isInstanceOf(Ec2Exception.class);
            Ec2Exception error = (Ec2Exception) thrown;
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.requestId()).startsWith("simulated-");
        };
    }

    private static Consumer<RunInstancesRequest.Builder> token(String token) {
        return request -> request.clientToken(token);
    }

    private List<String> listed(String filter, String... values) {
        return region
                .ec2
                .describeInstancesPaginator(request -> request.filters(
                        Filter.builder().name(filter).values(values).build()))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }

    private String status(String id) {
        return region.ec2.describeInstanceStatus(request -> request.instanceIds(id)).instanceStatuses().stream()
                .map(row -> row.instanceStatus().statusAsString())
                .findFirst()
                .orElse("absent");
    }
}
