package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.Compute;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateFleetRequest;
import software.amazon.awssdk.services.ec2.model.CreateFleetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceCreditSpecificationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceCreditSpecificationsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceCreditSpecificationResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** EC2 as the simulated world answers it. What changes only with the world's machines is built once and shared. */
final class SimulatedEc2 implements Ec2Client {
    static final Calls.Service SERVICE = new Calls.Service("Ec2", _ -> Ec2Exception.builder());

    private final Calls calls;
    private final World world;
    private final Compute compute;
    private final Seen seen;
    private final CreditSpecifications creditSpecifications;
    private final SpotRequests spotRequests;
    private final PriceListings prices;
    private final Fleets fleets;
    private final SharedAnswers answers = new SharedAnswers();

    SimulatedEc2(Calls calls) {
        this.calls = calls;
        this.world = calls.world();
        this.compute = world.compute();
        this.seen = new Seen(world);
        this.creditSpecifications = new CreditSpecifications(world, seen);
        this.spotRequests = new SpotRequests(world, seen);
        this.fleets = new Fleets(world);
        this.prices = new PriceListings(world);
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        return shared("DescribeInstances", request, DescribeInstancesResponse.class, () -> reservations(request));
    }

    @Override
    public DescribeInstanceStatusResponse describeInstanceStatus(DescribeInstanceStatusRequest request) {
        return shared("DescribeInstanceStatus", request, DescribeInstanceStatusResponse.class, () -> {
            boolean all = Boolean.TRUE.equals(request.includeAllInstances());
            var rows = seen.machines(request.instanceIds(), request.filters()).stream()
                    .filter(machine -> all || InstanceRows.runs(machine))
                    .map(machine -> InstanceRows.status(machine, world))
                    .toList();
            var page = page(rows, request.maxResults(), request.nextToken());
            return DescribeInstanceStatusResponse.builder()
                    .instanceStatuses(page.rows())
                    .nextToken(page.next())
                    .build();
        });
    }

    @Override
    public DescribeInstanceCreditSpecificationsResponse describeInstanceCreditSpecifications(
            DescribeInstanceCreditSpecificationsRequest request) {
        return shared(
                "DescribeInstanceCreditSpecifications",
                request,
                DescribeInstanceCreditSpecificationsResponse.class,
                () -> creditSpecifications.describe(request));
    }

    @Override
    public ModifyInstanceCreditSpecificationResponse modifyInstanceCreditSpecification(
            ModifyInstanceCreditSpecificationRequest request) {
        return make("ModifyInstanceCreditSpecification", request, () -> creditSpecifications.modify(request));
    }

    @Override
    public DescribeSpotInstanceRequestsResponse describeSpotInstanceRequests(
            DescribeSpotInstanceRequestsRequest request) {
        return shared(
                "DescribeSpotInstanceRequests",
                request,
                DescribeSpotInstanceRequestsResponse.class,
                () -> spotRequests.describe(request));
    }

    @Override
    public DescribeSpotPriceHistoryResponse describeSpotPriceHistory(DescribeSpotPriceHistoryRequest request) {
        return make("DescribeSpotPriceHistory", request, () -> prices.describe(request));
    }

    @Override
    public DescribeLaunchTemplateVersionsResponse describeLaunchTemplateVersions(
            DescribeLaunchTemplateVersionsRequest request) {
        return make(
                "DescribeLaunchTemplateVersions",
                request,
                () -> Templates.describe(
                        request,
                        world.spec().place().template(),
                        world.compute().templateVersions()::number,
                        world.at(Duration.ZERO)));
    }

    @Override
    public CreateFleetResponse createFleet(CreateFleetRequest request) {
        return make("CreateFleet", request, () -> fleets.create(request));
    }

    @Override
    public RunInstancesResponse runInstances(RunInstancesRequest request) {
        return make("RunInstances", request, () -> {
            List<Machine> born = compute.launch(Orders.of(request));
            return RunInstancesResponse.builder()
                    .reservationId(born.getFirst().reservation())
                    .ownerId(InstanceRows.OWNER)
                    .instances(born.stream()
                            .map(machine -> InstanceRows.instance(machine, world))
                            .toList())
                    .build();
        });
    }

    @Override
    public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
        return make("TerminateInstances", request, () -> {
            List<Machine> ended = request.instanceIds().stream()
                    .map(id -> compute.machine(new NodeId(id)).orElseThrow(() -> Seen.unknown(id)))
                    .toList();
            List<InstanceStateChange.Builder> changes = new ArrayList<>();
            for (Machine machine : ended) {
                changes.add(InstanceStateChange.builder()
                        .instanceId(machine.id().value())
                        .previousState(InstanceRows.state(machine)));
            }
            compute.terminate(ended);
            List<InstanceStateChange> rows = new ArrayList<>();
            for (int i = 0; i < ended.size(); i++) {
                rows.add(changes.get(i)
                        .currentState(InstanceRows.state(ended.get(i)))
                        .build());
            }
            return TerminateInstancesResponse.builder()
                    .terminatingInstances(rows)
                    .build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private DescribeInstancesResponse reservations(DescribeInstancesRequest request) {
        Page<Machine> page = page(
                seen.machines(request.instanceIds(), request.filters()), request.maxResults(), request.nextToken());
        Map<String, List<Machine>> launches = new LinkedHashMap<>();
        for (Machine machine : page.rows()) {
            launches.computeIfAbsent(machine.reservation(), _ -> new ArrayList<>())
                    .add(machine);
        }
        List<Reservation> reservations = new ArrayList<>();
        launches.forEach((id, machines) -> reservations.add(Reservation.builder()
                .reservationId(id)
                .ownerId(InstanceRows.OWNER)
                .instances(machines.stream()
                        .map(machine -> InstanceRows.instance(machine, world))
                        .toList())
                .build()));
        return DescribeInstancesResponse.builder()
                .reservations(reservations)
                .nextToken(page.next())
                .build();
    }

    private <T> Page<T> page(List<T> rows, @Nullable Integer asked, @Nullable String token) {
        return Page.of(rows, asked, token, world.spec().api().pageSize());
    }

    private <R extends SdkResponse> R make(String operation, SdkRequest request, Supplier<R> answer) {
        return calls.make(operation, request, SERVICE, answer);
    }

    private <R extends SdkResponse> R shared(String operation, SdkRequest request, Class<R> type, Supplier<R> answer) {
        return make(operation, request, () -> answers.get(compute.version(), request, type, answer));
    }
}
