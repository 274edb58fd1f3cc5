package dev.mainstay.testing;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Specs to start from. */
public final class Specs {
    public static final InstanceType T2_MICRO = new InstanceType("t2.micro");

    private Specs() {}

    /** The micro cluster: four t2.micro over three zones, one of them the on-demand base; every default. */
    public static ClusterSpec micro() {
        return micro(new ClusterSpec.Capacity(4, 2, 8, 1, List.of(T2_MICRO), false));
    }

    public static ClusterSpec micro(ClusterSpec.Capacity capacity) {
        return new ClusterSpec(
                new ClusterName("blog"),
                Mode.ACT,
                "us-east-1",
                Duration.ofSeconds(30),
                List.of(Sketch.GROUP),
                new ClusterSpec.Launch(
                        "lt-1",
                        "$Default",
                        new TreeMap<>(Map.of(
                                new Zone("us-east-1a"), "subnet-a",
                                new Zone("us-east-1b"), "subnet-b",
                                new Zone("us-east-1c"), "subnet-c")),
                        Map.of()),
                capacity,
                Optional.of(new ClusterSpec.Spot(
                        List.of(T2_MICRO),
                        null,
                        Duration.ofMinutes(15),
                        0.1,
                        Duration.ofMinutes(8),
                        Duration.ofHours(2),
                        true,
                        false)),
                new ClusterSpec.Health(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        0.4,
                        Duration.ofMinutes(15),
                        3,
                        Duration.ofHours(1)),
                new ClusterSpec.Credits(Remedy.AUTO, 5, 30, 100, null, CreditMode.UNLIMITED),
                new ClusterSpec.Guards(
                        null, null, Duration.ofMinutes(10), 2, 24, 2, 6, Duration.ofHours(6), List.of()));
    }

    public static ClusterSpec with(ClusterSpec spec, Mode mode) {
        return new ClusterSpec(
                spec.name(),
                mode,
                spec.region(),
                spec.interval(),
                spec.targetGroups(),
                spec.launch(),
                spec.capacity(),
                spec.spot(),
                spec.health(),
                spec.credits(),
                spec.guards());
    }

    public static ClusterSpec with(ClusterSpec spec, ClusterSpec.Guards guards) {
        return new ClusterSpec(
                spec.name(),
                spec.mode(),
                spec.region(),
                spec.interval(),
                spec.targetGroups(),
                spec.launch(),
                spec.capacity(),
                spec.spot(),
                spec.health(),
                spec.credits(),
                guards);
    }

    public static ClusterSpec with(ClusterSpec spec, ClusterSpec.Credits credits) {
        return new ClusterSpec(
                spec.name(),
                spec.mode(),
                spec.region(),
                spec.interval(),
                spec.targetGroups(),
                spec.launch(),
                spec.capacity(),
                spec.spot(),
                spec.health(),
                credits,
                spec.guards());
    }

    /** The same in that place of a simulated world. */
    public static ClusterSpec in(ClusterSpec spec, WorldSpec.Place place) {
        return new ClusterSpec(
                spec.name(),
                spec.mode(),
                place.region(),
                spec.interval(),
                place.targetGroups(),
                new ClusterSpec.Launch(
                        place.template().id(),
                        "$Default",
                        place.subnets(),
                        Map.of(),
                        spec.launch().keepFailed(),
                        spec.launch().by()),
                spec.capacity(),
                spec.spot(),
                spec.health(),
                spec.credits(),
                spec.guards());
    }

    public static ClusterSpec onDemandOnly(ClusterSpec spec) {
        return new ClusterSpec(
                spec.name(),
                spec.mode(),
                spec.region(),
                spec.interval(),
                spec.targetGroups(),
                spec.launch(),
                spec.capacity(),
                Optional.empty(),
                spec.health(),
                spec.credits(),
                spec.guards());
    }
}
