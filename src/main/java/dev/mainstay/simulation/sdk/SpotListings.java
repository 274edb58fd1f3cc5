package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory.Change;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.SpotRequest;
import dev.mainstay.simulation.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/** Spot requests and spot prices. */
final class SpotListings {
    /** The one operating system of this world. */
    private static final String PRODUCT = "Linux/UNIX";

    private static final Comparator<SpotPrice> NEWEST_FIRST = Comparator.comparing(SpotPrice::timestamp)
            .reversed()
            .thenComparing(SpotPrice::instanceTypeAsString)
            .thenComparing(SpotPrice::availabilityZone);

    private final World world;
    private final Seen seen;

    SpotListings(World world, Seen seen) {
        this.world = world;
        this.seen = seen;
    }

    DescribeSpotInstanceRequestsResponse requests(DescribeSpotInstanceRequestsRequest request) {
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

    DescribeSpotPriceHistoryResponse prices(DescribeSpotPriceHistoryRequest request) {
        if (!request.filters().isEmpty()) {
            throw new Refusal("InvalidParameterValue", 400, "filters on spot prices are not known here");
        }
        Instant to = earlier(request.endTime() == null ? world.now() : request.endTime(), world.now());
        Instant from = earlier(request.startTime() == null ? to : request.startTime(), to);
        List<SpotPrice> rows = new ArrayList<>();
        if (request.productDescriptions().isEmpty()
                || request.productDescriptions().contains(PRODUCT)) {
            for (InstanceType type : world.spec().place().onDemandUsdPerHour().keySet()) {
                if (request.instanceTypesAsStrings().isEmpty()
                        || request.instanceTypesAsStrings().contains(type.name())) {
                    for (Zone zone : world.spec().place().subnets().keySet()) {
                        Pool pool = new Pool(type, zone);
                        world.pools()
                                .changes(pool, since(from), since(to))
                                .forEach((at, price) -> rows.add(row(pool, new Change(world.at(at), price))));
                    }
                }
            }
        }
        rows.sort(NEWEST_FIRST);
        Page<SpotPrice> page = Page.of(
                rows,
                request.maxResults(),
                request.nextToken(),
                world.spec().api().pageSize());
        // The last page says so with an empty token here, as EC2 does for this call.
        return DescribeSpotPriceHistoryResponse.builder()
                .spotPriceHistory(page.rows())
                .nextToken(page.next() == null ? "" : page.next())
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
                .status(status -> status.code(request.status()))
                .spotPrice(usd(request.maxPrice()))
                .launchedAvailabilityZone(machine.zone().value())
                .tags(InstanceRows.tags(request.tags()))
                .build();
    }

    private static SpotPrice row(Pool pool, Change change) {
        return SpotPrice.builder()
                .instanceType(pool.type().name())
                .availabilityZone(pool.zone().value())
                .productDescription(PRODUCT)
                .timestamp(change.at())
                .spotPrice(usd(change.usdPerHour()))
                .build();
    }

    private Duration since(Instant instant) {
        return Duration.between(world.at(Duration.ZERO), instant);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** EC2 writes prices with six digits after the point. */
    private static String usd(double price) {
        return BigDecimal.valueOf(price).setScale(6, RoundingMode.HALF_UP).toPlainString();
    }
}
