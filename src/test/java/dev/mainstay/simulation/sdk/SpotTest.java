package dev.mainstay.simulation.sdk;

import static dev.mainstay.simulation.sdk.InstanceLifeTest.refusedWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.WorldSpec.SpotRules;
import dev.mainstay.simulation.trace.CapacityTrace;
import dev.mainstay.simulation.trace.PriceTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

class SpotTest {
    private static final Zone A = new Zone("us-east-1a");
    private static final InstanceType MICRO = new InstanceType("t2.micro");
    private static final String NO_CAPACITY = "instance-terminated-no-capacity";
    /** On demand, a t2.micro costs 0.0116 USD per hour. */
    private static final PriceTrace SPIKE = prices(0, 0.004, 60, 0.02, 90, 0.005);

    @Test
    void announcesALossTwoMinutesAhead() {
        Region region = capacity(2, 1);
        List<String> ids = region.launch(Market.SPOT, "us-east-1a", 2);

        region.passMinutes(59);
        assertThat(ids)
                .allSatisfy(id -> assertThat(region.request(id).status().code()).isEqualTo("fulfilled"));

        region.passMinutes(1);
        List<String> doomed = ids.stream()
                .filter(id -> region.request(id).status().code().equals(NO_CAPACITY))
                .toList();
        assertThat(doomed).hasSize(1);
        String lost = doomed.getFirst();
        assertThat(region.state(lost)).isEqualTo("running");
        assertThat(region.request(lost).stateAsString()).isEqualTo("active");

        region.passSeconds(119);
        assertThat(region.state(lost)).isEqualTo("running");

        region.passSeconds(1);
        assertThat(region.state(lost)).isEqualTo("shutting-down");
        assertThat(region.instance(lost).stateReason().code()).isEqualTo("Server.SpotInstanceTermination");
        assertThat(region.request(lost).stateAsString()).isEqualTo("closed");
        assertThat(region.request(lost).status().code()).isEqualTo(NO_CAPACITY);
    }

    @Test
    void losesWithoutANoticeWhereNoneIsGiven() {
        Region region = region(SpotRules.CALM.withCapacities(capacities(1, 0)).withMissingNotices(1));
        String id = region.launch(Market.SPOT, "us-east-1a", 1).getFirst();

        region.passMinutes(61);
        assertThat(region.request(id).status().code()).isEqualTo("fulfilled");

        region.passMinutes(1);
        assertThat(region.state(id)).isEqualTo("shutting-down");
        assertThat(region.request(id).status().code()).isEqualTo(NO_CAPACITY);
    }

    @Test
    void refusesWhereThereIsNoRoomFromTheNoticeOn() {
        Region region = capacity(1, 0);
        region.launch(Market.SPOT, "us-east-1a", 1);
        region.passMinutes(60);

        assertThatThrownBy(() -> region.launch(Market.SPOT, "us-east-1a", 1))
                .satisfies(refusedWith("InsufficientInstanceCapacity", 500));
        assertThat(region.launch(Market.SPOT, "us-east-1b", 1)).hasSize(1);
        assertThat(region.launch(Market.ON_DEMAND, "us-east-1a", 1)).hasSize(1);
    }

    @Test
    void fillsAnOrderAsFarAsThereIsRoom() {
        Region region = capacity(3, 3);

        assertThat(region.launch(Market.SPOT, "us-east-1a", 2)).hasSize(2);
        assertThat(region.launch(Market.SPOT, "us-east-1a", 2)).hasSize(1);
    }

    @Test
    void refusesBothMarketsInAnExhaustedPool() {
        Region region = region(SpotRules.CALM);
        region.world.inject(new Fault.Exhaust(new Pool(MICRO, A), Duration.ofMinutes(10)));

        assertThatThrownBy(() -> region.launch(Market.ON_DEMAND, "us-east-1a", 1))
                .satisfies(refusedWith("InsufficientInstanceCapacity", 500));
        assertThat(region.launch(Market.ON_DEMAND, "us-east-1b", 1)).hasSize(1);

        region.passMinutes(10);
        assertThat(region.launch(Market.ON_DEMAND, "us-east-1a", 1)).hasSize(1);
    }

    @Test
    void makesRoomWhenOneOfOursEnds() {
        Region region = capacity(1, 1);
        String id = region.launch(Market.SPOT, "us-east-1a", 1).getFirst();

        region.terminate(id);

        assertThat(region.request(id).status().code()).isEqualTo("instance-terminated-by-user");
        assertThat(region.launch(Market.SPOT, "us-east-1a", 1)).hasSize(1);
    }

    @Test
    void takesBackWhatPaysTooLittle() {
        Region region = region(SpotRules.CALM.withPrices(spike()));
        String atOnDemandPrice = region.launch(Market.SPOT, "us-east-1a", 1).getFirst();
        String dearer = region.launch(
                        Market.SPOT,
                        "us-east-1a",
                        1,
                        request -> request.instanceMarketOptions(
                                options -> options.marketType("spot").spotOptions(spot -> spot.maxPrice("0.03"))))
                .getFirst();

        region.passMinutes(60);

        assertThat(region.request(atOnDemandPrice).status().code()).isEqualTo("instance-terminated-by-price");
        assertThat(region.request(dearer).status().code()).isEqualTo("fulfilled");
        assertThatThrownBy(() -> region.launch(Market.SPOT, "us-east-1a", 1))
                .satisfies(refusedWith("SpotMaxPriceTooLow", 400));

        region.passMinutes(30);
        assertThat(region.launch(Market.SPOT, "us-east-1a", 1)).hasSize(1);
    }

    @Test
    void tellsPriceChangesNewestFirstAndTheLastOneBefore() {
        Region region = region(SpotRules.CALM.withPrices(spike()));
        region.passMinutes(119);

        List<SpotPrice> rows = history(region, Region.START.plusSeconds(30 * 60));

        assertThat(rows.stream().filter(row -> row.availabilityZone().equals("us-east-1a")))
                .extracting(SpotPrice::timestamp, SpotPrice::spotPrice)
                .containsExactly(tuple(90, "0.005000"), tuple(60, "0.020000"), tuple(0, "0.004000"));
        // Without a trace, 30 % of on-demand since long ago.
        assertThat(rows.stream().filter(row -> row.availabilityZone().equals("us-east-1b")))
                .extracting(SpotPrice::spotPrice)
                .containsExactly("0.003480");
    }

    @Test
    void hasAHistoryFromBeforeTheWorldBegan() {
        Region region = region(SpotRules.CALM.withPrices(spike()));

        List<SpotPrice> rows = history(region, Region.START.minus(Duration.ofHours(3)));

        // The trace repeats itself every two hours, backwards too.
        assertThat(rows.stream().filter(row -> row.availabilityZone().equals("us-east-1a")))
                .extracting(SpotPrice::timestamp)
                .containsExactly(minute(0), minute(-30), minute(-60), minute(-120), minute(-150), minute(-180));
    }

    @Test
    void listsSpotRequestsByTagInPages() {
        Region region = new Region(WorldSpec.calm(7).withApi(new WorldSpec.Api(1, Duration.ZERO, Duration.ZERO)));
        region.launch(
                Market.SPOT,
                "us-east-1a",
                2,
                request -> request.tagSpecifications(Region.tags("spot-instances-request", "team", "web")));
        region.launch(Market.SPOT, "us-east-1a", 1);

        var pages = region.ec2.describeSpotInstanceRequestsPaginator(request ->
                request.filters(Filter.builder().name("tag:team").values("web").build()));

        assertThat(pages.stream()).hasSize(2);
        assertThat(pages.spotInstanceRequests())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.tags().getFirst().value()).isEqualTo("web"));
    }

    private static Region capacity(int... instances) {
        return region(SpotRules.CALM.withCapacities(capacities(instances)));
    }

    private static Region region(SpotRules rules) {
        return new Region(WorldSpec.calm(7).withSpot(rules));
    }

    private static SortedMap<Zone, CapacityTrace> capacities(int... instances) {
        TreeMap<Zone, CapacityTrace> capacities = new TreeMap<>();
        capacities.put(A, CapacityTrace.of(A, Duration.ofHours(1), instances));
        return capacities;
    }

    private static SortedMap<Pool, PriceTrace> spike() {
        TreeMap<Pool, PriceTrace> prices = new TreeMap<>();
        prices.put(SPIKE.pool(), SPIKE);
        return prices;
    }

    /** Minutes and prices in turn; two hours in all. */
    private static PriceTrace prices(double... minutesAndPrices) {
        TreeMap<Duration, Double> prices = new TreeMap<>();
        for (int i = 0; i < minutesAndPrices.length; i += 2) {
            prices.put(Duration.ofMinutes((long) minutesAndPrices[i]), minutesAndPrices[i + 1]);
        }
        return PriceTrace.of(new Pool(MICRO, A), prices, Duration.ofHours(2));
    }

    private static List<SpotPrice> history(Region region, Instant from) {
        DescribeSpotPriceHistoryRequest request = DescribeSpotPriceHistoryRequest.builder()
                .instanceTypesWithStrings("t2.micro")
                .productDescriptions("Linux/UNIX")
                .startTime(from)
                .maxResults(2)
                .build();
        return region.ec2.describeSpotPriceHistoryPaginator(request).spotPriceHistory().stream()
                .toList();
    }

    private static Tuple tuple(long minute, String price) {
        return Tuple.tuple(minute(minute), price);
    }

    private static Instant minute(long minute) {
        return Region.START.plus(Duration.ofMinutes(minute));
    }
}
