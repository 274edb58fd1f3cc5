package dev.mainstay.simulation.sdk;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cloud.CloudStage;
import dev.mainstay.cloud.aws.AwsClouds;
import dev.mainstay.cloud.aws.GivenServices;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The simulated AWS under the real adapters, as the stage of the contracts of {@code cloud}. Pages of five. */
final class SimulatedStage implements CloudStage {
    private static final WorldSpec.Place PLACE = new WorldSpec.Place(
            "us-east-1",
            new TreeMap<>(Map.of(new Zone("us-east-1a"), "subnet-1")),
            new WorldSpec.Template("lt-0123", "web", new InstanceType("t2.micro"), false),
            WorldSpec.Place.US_EAST_1.targetGroups(),
            WorldSpec.Place.US_EAST_1.onDemandUsdPerHour());

    private final WorldSpec.Place place;
    private final Region region;

    private final LaunchBy by;

    SimulatedStage() {
        this(PLACE.targetGroups(), LaunchBy.RUN_INSTANCES);
    }

    SimulatedStage(List<TargetGroup> groups, LaunchBy by) {
        this.by = by;
        place = PLACE.withTargetGroups(groups);
        region = new Region(WorldSpec.calm(7)
                .withPlace(place)
                .withApi(new WorldSpec.Api(5, Duration.ofSeconds(30), Duration.ofMillis(100))));
    }

    @Override
    public Cloud cloud() {
        return AwsClouds.on(
                new GivenServices(
                        region.ec2,
                        region.elb,
                        region.aws.classicBalancing(),
                        region.aws.autoScaling(),
                        region.cloudWatch),
                SpecDraft.micro().launchBy(by).in(place),
                5);
    }

    @Override
    public NodeId running(Pool pool, Market market, Map<String, String> tags) {
        String id = region.launch(
                        market,
                        pool.zone().value(),
                        1,
                        request -> request.instanceType(pool.type().name())
                                .tagSpecifications(Region.tags("instance", tags)))
                .getFirst();
        settle();
        return Region.node(id);
    }

    @Override
    public void exhaust(Pool pool) {
        region.world.inject(new Fault.Exhaust(pool, Duration.ofDays(1)));
    }

    @Override
    public void settle() {
        region.passMinutes(1);
    }
}
