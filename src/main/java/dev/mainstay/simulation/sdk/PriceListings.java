package dev.mainstay.simulation.sdk;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Refusal;
import dev.mainstay.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryResponse;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/**
 * The history of spot prices. A month of it can be ten thousand rows, asked for over and over: a row is built once, and a
 * listing is kept until another is begun, since its pages are asked for one after the other.
 */
final class PriceListings {
    /** The one operating system of this world. */
    private static final String PRODUCT = "Linux/UNIX";

    private static final Comparator<SpotPrice> NEWEST_FIRST = Comparator.comparing(SpotPrice::timestamp)
            .reversed()
            .thenComparing(SpotPrice::instanceTypeAsString)
            .thenComparing(SpotPrice::availabilityZone);

    private final World world;
    private final Map<Pool, PriceRows> pools = new HashMap<>();
    private @Nullable Listing listing;

    PriceListings(World world) {
        this.world = world;
    }

    DescribeSpotPriceHistoryResponse describe(DescribeSpotPriceHistoryRequest request) {
        if (!request.filters().isEmpty()) {
            throw new Refusal("InvalidParameterValue", 400, "filters on spot prices are not known here");
        }
        Instant to = earlier(request.endTime() == null ? world.now() : request.endTime(), world.now());
        Instant from = earlier(request.startTime() == null ? to : request.startTime(), to);
        boolean otherProduct = !request.productDescriptions().isEmpty()
                && !request.productDescriptions().contains(PRODUCT);
        List<SpotPrice> rows = otherProduct ? List.of() : rows(request.instanceTypesAsStrings(), from, to);
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

    private List<SpotPrice> rows(List<String> types, Instant from, Instant to) {
        Listing kept = listing;
        if (kept == null || !kept.types.equals(types) || !kept.from.equals(from) || !kept.to.equals(to)) {
            List<SpotPrice> rows = new ArrayList<>();
            for (InstanceType type : world.spec().place().onDemandUsdPerHour().keySet()) {
                if (types.isEmpty() || types.contains(type.name())) {
                    for (Zone zone : world.spec().place().subnets().keySet()) {
                        rows.addAll(
                                pools.computeIfAbsent(new Pool(type, zone), pool -> new PriceRows(world, pool, PRODUCT))
                                        .between(since(from), since(to)));
                    }
                }
            }
            rows.sort(NEWEST_FIRST);
            kept = new Listing(types, from, to, rows);
            listing = kept;
        }
        return kept.rows;
    }

    private Duration since(Instant instant) {
        return Duration.between(world.at(Duration.ZERO), instant);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private record Listing(List<String> types, Instant from, Instant to, List<SpotPrice> rows) {}
}
