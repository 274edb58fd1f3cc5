package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.SpotMarket;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/** {@link SpotMarket} on EC2. Thread-safe. */
final class Ec2SpotMarket implements SpotMarket {
    /** EC2 takes at most 200 values in a filter. Source: "Filtering" in the EC2 API reference. */
    private static final int VALUES_IN_A_FILTER = 200;

    private static final String PRICES = "DescribeSpotPriceHistory";
    private static final String REQUESTS = "DescribeSpotInstanceRequests";
    private static final String LINUX = "Linux/UNIX";

    private final Supplier<Ec2Client> ec2;
    private final int pageSize;

    Ec2SpotMarket(Supplier<Ec2Client> ec2, int pageSize) {
        this.ec2 = ec2;
        this.pageSize = pageSize;
    }

    @Override
    public Map<Pool, List<PriceHistory.Change>> prices(
            Set<InstanceType> types, Set<Zone> zones, Instant from, Instant to) {
        if (types.isEmpty() || zones.isEmpty()) {
            // Without a type the call would answer for every type of the region.
            return Map.of();
        }
        DescribeSpotPriceHistoryRequest request = DescribeSpotPriceHistoryRequest.builder()
                .instanceTypesWithStrings(
                        types.stream().sorted().map(InstanceType::name).toList())
                .productDescriptions(LINUX)
                .startTime(from)
                .endTime(to)
                .maxResults(pageSize)
                .build();
        Map<Pool, List<PriceHistory.Change>> prices = new HashMap<>();
        for (DescribeSpotPriceHistoryResponse page :
                AwsCall.pages(PRICES, () -> ec2.get().describeSpotPriceHistoryPaginator(request))) {
            for (SpotPrice row : page.spotPriceHistory()) {
                add(row, types, zones, prices);
            }
        }
        return prices;
    }

    /** By id and not by tag: a fleet and a group do not tag their requests, nor is that of an adopted node tagged. */
    @Override
    public Map<String, RequestStatus> requests(Set<String> ids) {
        Map<String, RequestStatus> statuses = new HashMap<>();
        for (List<String> chunk : AwsCall.chunks(ids.stream().sorted().toList(), VALUES_IN_A_FILTER)) {
            DescribeSpotInstanceRequestsRequest request = DescribeSpotInstanceRequestsRequest.builder()
                    .filters(Filter.builder()
                            .name("spot-instance-request-id")
                            .values(chunk)
                            .build())
                    .maxResults(pageSize)
                    .build();
            AwsCall.pages(REQUESTS, () -> ec2.get().describeSpotInstanceRequestsPaginator(request)).stream()
                    .flatMap(page -> page.spotInstanceRequests().stream())
                    .forEach(row -> add(row, statuses));
        }
        return statuses;
    }

    private static void add(SpotInstanceRequest row, Map<String, RequestStatus> statuses) {
        if (row.spotInstanceRequestId() != null
                && row.status() != null
                && row.status().code() != null) {
            statuses.put(
                    row.spotInstanceRequestId(),
                    new RequestStatus(row.status().code(), row.status().updateTime()));
        }
    }

    /** A row that names no type, zone or time belongs to no pool's history, and is left out. */
    private static void add(
            SpotPrice row, Set<InstanceType> types, Set<Zone> zones, Map<Pool, List<PriceHistory.Change>> prices) {
        String type = row.instanceTypeAsString();
        String zone = row.availabilityZone();
        if (type == null || zone == null || row.timestamp() == null || zone.isBlank() || type.indexOf('.') < 1) {
            return;
        }
        Pool pool = new Pool(new InstanceType(type), new Zone(zone));
        if (types.contains(pool.type()) && zones.contains(pool.zone())) {
            prices.computeIfAbsent(pool, unseen -> new ArrayList<>())
                    .add(new PriceHistory.Change(row.timestamp(), price(row.spotPrice())));
        }
    }

    /** Zero, which is unknown, for what is not a number. */
    private static double price(@Nullable String text) {
        try {
            return text == null ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
