package dev.mainstay.simulation.sdk;

import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.SpotRequest;
import dev.mainstay.simulation.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsResponse;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;

/** Spot requests and what has become of them. */
final class SpotRequests {
    private final World world;
    private final Seen seen;

    SpotRequests(World world, Seen seen) {
        this.world = world;
        this.seen = seen;
    }

    DescribeSpotInstanceRequestsResponse describe(DescribeSpotInstanceRequestsRequest request) {
        List<SpotInstanceRequest> rows = new ArrayList<>();
        for (Machine machine : seen.all()) {
            SpotRequest spot = machine.request();
            if (spot != null
                    && (request.spotInstanceRequestIds().isEmpty()
                            || request.spotInstanceRequestIds().contains(spot.id()))
                    && Filters.pass(request.filters(), spot.tags(), fields(spot))) {
                rows.add(row(spot, machine));
            }
        }
        Page<SpotInstanceRequest> page = Page.of(
                rows,
                request.maxResults(),
                request.nextToken(),
                world.spec().api().pageSize());
        return DescribeSpotInstanceRequestsResponse.builder()
                .spotInstanceRequests(page.rows())
                .nextToken(page.next())
                .build();
    }

    private static Map<String, String> fields(SpotRequest request) {
        return Map.of(
                "spot-instance-request-id", request.id(),
                "instance-id", request.node().value(),
                "state", request.state(),
                "status-code", request.status());
    }

    private SpotInstanceRequest row(SpotRequest request, Machine machine) {
        return SpotInstanceRequest.builder()
                .spotInstanceRequestId(request.id())
                .instanceId(request.node().value())
                .createTime(world.at(request.createdAt()))
                .type(SpotInstanceType.ONE_TIME)
                .state(request.state())
                .status(status -> status.code(request.status()).updateTime(world.at(request.statusSince())))
                .spotPrice(PriceRows.usd(request.maxPrice()))
                .launchedAvailabilityZone(machine.zone().value())
                .tags(InstanceRows.tags(request.tags()))
                .build();
    }
}
