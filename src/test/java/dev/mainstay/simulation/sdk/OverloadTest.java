package dev.mainstay.simulation.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.trace.LoadTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Three nodes share the demand, and each that fails makes it worse for the others. */
class OverloadTest {
    private static final String ZONE = "us-east-1a";
    private static final WorldSpec.Overload TWO_THIRDS = new WorldSpec.Overload(0.66, 0.66);

    @Test
    void theLossOfOneNodeOverloadsTheOthers() {
        Region region = region(LoadTrace.constant(50), TWO_THIRDS);
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 3);
        region.passMinutes(10);
        assertThat(healthy(region, ids)).hasSize(3);

        region.world.inject(new Fault.Hang(Region.node(ids.getFirst())));
        region.passMinutes(2);

        // 150 % on two nodes: too much for each of them.
        region.passSeconds(90);
        assertThat(healthy(region, ids)).isEmpty();
    }

    @Test
    void allAnswerAgainOnceTheDemandFalls() {
        Region region = region(LoadTrace.of(Duration.ofMinutes(10), 50, 90, 20, 20), TWO_THIRDS);
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 3);

        region.passMinutes(12);
        assertThat(healthy(region, ids)).isEmpty();

        region.passMinutes(10);
        assertThat(healthy(region, ids)).hasSize(3);
    }

    @Test
    void theWeakestNodeFailsFirst() {
        Region region = region(LoadTrace.constant(75), new WorldSpec.Overload(0.5, 1));
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 3);

        assertThat(healthy(region, ids)).hasSize(3);
        while (healthy(region, ids).size() == 3) {
            region.passSeconds(1);
        }

        assertThat(healthy(region, ids)).isNotEmpty();
    }

    @Test
    void nobodyFailsForDemandAloneUnlessTheWorldSaysSo() {
        Region region = region(LoadTrace.constant(500), WorldSpec.Overload.NEVER);
        List<String> ids = region.serving(Market.ON_DEMAND, ZONE, 3);

        region.passMinutes(30);

        assertThat(healthy(region, ids)).hasSize(3);
    }

    /** Demand is meant for three nodes of a type without CPU credits. */
    private static Region region(LoadTrace demand, WorldSpec.Overload overload) {
        var types = new TreeMap<>(Map.of(new InstanceType("m5.large"), 0.096));
        WorldSpec.Place place = new WorldSpec.Place(
                "us-east-1",
                WorldSpec.Place.US_EAST_1.subnets(),
                new WorldSpec.Template("lt-0123456789abcdef0", "web", new InstanceType("m5.large"), false),
                WorldSpec.Place.US_EAST_1.targetGroups(),
                types);
        return new Region(WorldSpec.calm(7)
                .withPlace(place)
                .withTraffic(new WorldSpec.Traffic(demand, LoadTrace.constant(0), 3))
                .withOverload(overload));
    }

    private static List<String> healthy(Region region, List<String> ids) {
        return ids.stream().filter(id -> region.health(id).equals("healthy")).toList();
    }
}
