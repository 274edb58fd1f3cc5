package dev.mainstay.cloud.aws;

import static dev.mainstay.cloud.aws.AwsWire.xml;
import static dev.mainstay.cloud.aws.AwsXml.element;
import static dev.mainstay.cloud.aws.AwsXml.item;
import static dev.mainstay.cloud.aws.AwsXml.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cloud.SpotMarket;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.PriceHistory.Change;
import dev.mainstay.cluster.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link Ec2SpotMarket} sends, and what it makes of the answers. */
class Ec2SpotMarketTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-01-31T00:00:00Z");
    private static final InstanceType MICRO = new InstanceType("t2.micro");
    private static final Zone A = new Zone("us-east-1a");

    @RegisterExtension
    static final AwsWire WIRE = new AwsWire();

    @Test
    void asksForTheTypesAndTheTimeAndFiltersNothingElse() {
        answerWith();

        market().prices(Set.of(MICRO, new InstanceType("t3.micro")), Set.of(A), FROM, TO);

        assertThat(WIRE.onlyCall("DescribeSpotPriceHistory").form())
                .containsEntry("InstanceType.1", "t2.micro")
                .containsEntry("InstanceType.2", "t3.micro")
                .containsEntry("ProductDescription.1", "Linux/UNIX")
                .containsEntry("StartTime", "2026-01-01T00:00:00Z")
                .containsEntry("EndTime", "2026-01-31T00:00:00Z")
                .doesNotContainKeys("AvailabilityZone", "Filter.1.Name");
    }

    @Test
    void sortsTheChangesOfAllPagesByPool() {
        WIRE.on(
                "DescribeSpotPriceHistory",
                call -> call.field("NextToken").isEmpty()
                        ? xml(history("second", price("us-east-1a", "0.0035"), price("us-east-1b", "0.0036")))
                        : xml(history("", price("us-east-1a", "0.0040"))));

        assertThat(market().prices(Set.of(MICRO), Set.of(A, new Zone("us-east-1b")), FROM, TO))
                .isEqualTo(Map.of(
                        new Pool(MICRO, A),
                        List.of(new Change(FROM, 0.0035), new Change(FROM, 0.0040)),
                        new Pool(MICRO, new Zone("us-east-1b")),
                        List.of(new Change(FROM, 0.0036))));
    }

    @Test
    void leavesOutZonesThatWereNotAskedFor() {
        answerWith(price("us-east-1f", "0.0035"));

        assertThat(market().prices(Set.of(MICRO), Set.of(A), FROM, TO)).isEmpty();
    }

    @Test
    void aPriceThatIsNotANumberIsZeroWhichIsUnknown() {
        answerWith(price("us-east-1a", "n/a"), price("us-east-1a", "0.0"));

        assertThat(market().prices(Set.of(MICRO), Set.of(A), FROM, TO))
                .containsEntry(new Pool(MICRO, A), List.of(new Change(FROM, 0), new Change(FROM, 0)));
    }

    @Test
    void aRowWithoutAZoneOrATimeIsLeftOut() {
        answerWith(
                price("us-east-1a", "1").replace("availabilityZone", "zone"),
                price("us-east-1a", "1").replace("timestamp", "time"));

        assertThat(market().prices(Set.of(MICRO), Set.of(A), FROM, TO)).isEmpty();
    }

    @Test
    void withoutTypesOrZonesNobodyIsAsked() {
        assertThat(market().prices(Set.of(), Set.of(A), FROM, TO)).isEmpty();
        assertThat(market().prices(Set.of(MICRO), Set.of(), FROM, TO)).isEmpty();
        assertThat(WIRE.calls("DescribeSpotPriceHistory")).isEmpty();
    }

    @Test
    void readsTheStatusOfSpotRequestsOnAllPages() {
        WIRE.on(
                "DescribeSpotInstanceRequests",
                call -> call.field("NextToken").isEmpty()
                        ? xml(requests("second", request("sir-1", "fulfilled")))
                        : xml(requests(
                                "",
                                request("sir-2", "instance-terminated-no-capacity"),
                                item(element("spotInstanceRequestId", "sir-3")))));

        assertThat(market().requests(Set.of("sir-1", "sir-2", "sir-3")))
                .isEqualTo(Map.of(
                        "sir-1", new SpotMarket.RequestStatus("fulfilled", FROM),
                        "sir-2", new SpotMarket.RequestStatus("instance-terminated-no-capacity", FROM)));
        assertThat(WIRE.calls("DescribeSpotInstanceRequests").getFirst().form())
                .containsEntry("Filter.1.Name", "spot-instance-request-id")
                .containsEntry("Filter.1.Value.3", "sir-3");
    }

    private static SpotMarket market() {
        return WIRE.cloud(Specs.blog()).spotMarket();
    }

    private static void answerWith(String... rows) {
        WIRE.on("DescribeSpotPriceHistory", xml(history("", rows)));
    }

    private static String history(String nextToken, String... rows) {
        return AwsXml.ec2(
                "DescribeSpotPriceHistory",
                element("spotPriceHistorySet", String.join("", rows)) + token("nextToken", nextToken));
    }

    private static String price(String zone, String usd) {
        return item(element("instanceType", "t2.micro")
                + element("productDescription", "Linux/UNIX")
                + element("availabilityZone", zone)
                + element("spotPrice", usd)
                + element("timestamp", FROM.toString()));
    }

    private static String requests(String nextToken, String... rows) {
        return AwsXml.ec2(
                "DescribeSpotInstanceRequests",
                element("spotInstanceRequestSet", String.join("", rows)) + token("nextToken", nextToken));
    }

    private static String request(String id, String code) {
        return item(element("spotInstanceRequestId", id)
                + element("status", element("code", code) + element("updateTime", FROM.toString())));
    }
}
