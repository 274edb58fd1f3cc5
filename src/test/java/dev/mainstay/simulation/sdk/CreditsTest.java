package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.WorldSpec.Traffic;
import dev.mainstay.simulation.trace.LoadTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.ec2.model.InstanceCreditSpecificationRequest;

class CreditsTest {
    private static final String ZONE = "us-east-1a";
    private static final Offset<Double> CLOSE = within(0.02);

    @Test
    void showsNothingForTheFirstMinutes() {
        Region region = loaded(10);
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        // It runs before minute 1: the first whole period is 5 to 10, and CloudWatch shows it two minutes later.
        region.passMinutes(8);
        assertThat(region.metric(id, "CPUUtilization")).isNull();

        region.passMinutes(1);
        MetricDataResult samples = region.samples(id, "CPUUtilization");
        assertThat(samples.timestamps()).containsExactly(Region.START.plusSeconds(300));
        assertThat(samples.values()).containsExactly(10.0);
    }

    @Test
    void runsATwoMicroDryAndPinsItToItsBaseline() {
        // It serves from minute 2, with 30 launch credits, and spends one a minute. At minute 30 it has 2 of them left,
        // and what it earned since it runs: 0.1 a minute. It is dry at about minute 36.
        Region region = loaded(100, 20);
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();

        region.passMinutes(29);
        assertThat(region.metric(id, "CPUUtilization")).isEqualTo(100, CLOSE);
        assertThat(region.metric(id, "CPUCreditUsage")).isEqualTo(5, CLOSE);
        assertThat(region.metric(id, "CPUCreditBalance")).isEqualTo(4.97, CLOSE);

        region.passMinutes(20);
        assertThat(region.metric(id, "CPUUtilization")).isEqualTo(10, CLOSE);
        assertThat(region.metric(id, "CPUCreditUsage")).isEqualTo(0.5, CLOSE);
        assertThat(region.metric(id, "CPUCreditBalance")).isZero();
        assertThat(region.health(id)).isEqualTo("healthy");
    }

    @Test
    void failsItsChecksWhenDryAndAskedForFarMore() {
        Region region = loaded(100);
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 1);

        region.passMinutes(40);

        assertThat(region.health(ids.getFirst())).isEqualTo("unhealthy Target.Timeout");
    }

    @Test
    void sharesTheVisitorsAmongThoseInRotation() {
        Region region = loaded(40);
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 2);
        region.passMinutes(12);
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(region.metric(id, "CPUUtilization")).isEqualTo(20, CLOSE));

        region.deregister(ids.getFirst());
        region.passMinutes(12);

        assertThat(region.metric(ids.get(0), "CPUUtilization")).isZero();
        assertThat(region.metric(ids.get(1), "CPUUtilization")).isEqualTo(40, CLOSE);
    }

    @Test
    void sendsTrafficToAllWhereNobodyIsHealthy() {
        Region region = loaded(40);
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 2);
        region.world.inject(new Fault.Hang(Region.node(ids.get(0))));
        region.passMinutes(2);
        assertThat(demand(region, ids.get(1))).isEqualTo(40);

        region.world.inject(new Fault.Hang(Region.node(ids.get(1))));
        region.passMinutes(2);

        // Both get requests again; a hung application does nothing for its share.
        assertThat(region.health(ids.get(1))).isEqualTo("unhealthy Target.Timeout");
        String third = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passSeconds(25);
        region.register(List.of(third));
        assertThat(demand(region, third)).isEqualTo(40.0 / 3);
    }

    @Test
    void letsTheCrawlerStickToOneNode() {
        LoadTrace burst = LoadTrace.of(Duration.ofHours(1), 0, 60);
        Region region = new Region(WorldSpec.calm(7).withTraffic(new Traffic(LoadTrace.constant(5), burst, 2)));
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 2);

        region.passMinutes(60);
        assertThat(ids).extracting(id -> demand(region, id)).containsExactlyInAnyOrder(5.0, 65.0);
        String crawled =
                ids.stream().filter(id -> demand(region, id) > 5).findFirst().orElseThrow();

        region.passMinutes(10);
        assertThat(demand(region, crawled)).isEqualTo(65);

        region.deregister(crawled);
        String other = ids.get(1 - ids.indexOf(crawled));
        assertThat(demand(region, crawled)).isZero();
        assertThat(demand(region, other)).isEqualTo(70);

        region.passMinutes(60);
        assertThat(demand(region, other)).isEqualTo(10);
    }

    @Test
    void runsOnInUnlimitedModeAndOwes() {
        Region region = loaded(100);
        String id = region.serving(Market.ON_DEMAND, ZONE, 1).getFirst();
        assertThat(mode(region, id)).isEqualTo("standard");

        region.setCreditMode(id, CreditMode.UNLIMITED);
        assertThat(mode(region, id)).isEqualTo("unlimited");
        region.passMinutes(30);

        assertThat(region.metric(id, "CPUUtilization")).isEqualTo(100, CLOSE);
        assertThat(region.metric(id, "CPUCreditBalance")).isZero();
        assertThat(region.metric(id, "CPUSurplusCreditBalance")).isGreaterThan(20);
        assertThat(region.health(id)).isEqualTo("healthy");
    }

    @Test
    void refusesToChangeTheCreditsOfAnythingElse() {
        Region region = loaded(10);

        var answer = region.ec2.modifyInstanceCreditSpecification(
                request -> request.instanceCreditSpecifications(InstanceCreditSpecificationRequest.builder()
                        .instanceId("i-unknown")
                        .cpuCredits("standard")
                        .build()));

        assertThat(answer.successfulInstanceCreditSpecifications()).isEmpty();
        assertThat(answer.unsuccessfulInstanceCreditSpecifications())
                .singleElement()
                .satisfies(item -> assertThat(item.error().codeAsString()).isEqualTo("InvalidInstanceID.NotFound"));
    }

    @Test
    void givesLaunchCreditsAHundredTimesADay() {
        Region region = loaded(0);
        List<String> hundred = region.launch(Market.ON_DEMAND, ZONE, 100);
        region.passMinutes(1);
        String late = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passMinutes(1);
        assertThat(launchCredits(region, hundred.getFirst())).isEqualTo(30);
        assertThat(launchCredits(region, late)).isZero();

        region.passMinutes(24 * 60);
        String nextDay = region.launch(Market.ON_DEMAND, ZONE, 1).getFirst();
        region.passMinutes(1);
        assertThat(launchCredits(region, nextDay)).isEqualTo(30);
    }

    @Test
    void hasNoCreditsOnAnInstanceOfFixedPerformance() {
        InstanceType large = new InstanceType("m5.large");
        Region region = new Region(
                WorldSpec.calm(7).withPlace(WorldSpec.Place.US_EAST_1.withTypes(new TreeMap<>(Map.of(large, 0.096)))));
        String id = region.launch(Market.ON_DEMAND, ZONE, 1, request -> request.instanceType("m5.large"))
                .getFirst();
        region.passMinutes(15);

        assertThat(region.metric(id, "CPUUtilization")).isZero();
        assertThat(region.metric(id, "CPUCreditBalance")).isNull();
    }

    private static Region loaded(double visitors) {
        return loaded(visitors, WorldSpec.HealthChecks.TYPICAL.slowBeyond());
    }

    /** One node's worth of visitors. */
    private static Region loaded(double visitors, double slowBeyond) {
        var typical = WorldSpec.HealthChecks.TYPICAL;
        return new Region(WorldSpec.calm(7)
                .withHealthChecks(new WorldSpec.HealthChecks(
                        typical.interval(),
                        typical.timeout(),
                        typical.unhealthyAfter(),
                        typical.healthyAfter(),
                        typical.deregistrationDelay(),
                        slowBeyond))
                .withTraffic(new Traffic(LoadTrace.constant(visitors), LoadTrace.constant(0), 1)));
    }

    private static double demand(Region region, String id) {
        region.world.advance();
        return region.world.compute().machine(Region.node(id)).orElseThrow().demandPercent();
    }

    private static double launchCredits(Region region, String id) {
        var machine = region.world.compute().machine(Region.node(id)).orElseThrow();
        region.world.advance();
        return region.world.workload().credits(machine).orElseThrow().launch();
    }

    private static String mode(Region region, String id) {
        return region.ec2
                .describeInstanceCreditSpecifications(request -> request.instanceIds(id))
                .instanceCreditSpecifications()
                .getFirst()
                .cpuCredits();
    }
}
