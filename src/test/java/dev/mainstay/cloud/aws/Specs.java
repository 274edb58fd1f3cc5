package dev.mainstay.cloud.aws;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.CreditMode;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.LaunchBy;
import dev.mainstay.cluster.Mode;
import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A spec with what the adapters read of it: the region and the target group. */
final class Specs {
    static final ClusterName BLOG = new ClusterName("blog");
    static final TargetGroup WEB =
            new TargetGroup("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef");

    private Specs() {}

    static ClusterSpec blog() {
        return blog(WEB, LaunchBy.RUN_INSTANCES);
    }

    /** Behind a classic load balancer. */
    static ClusterSpec classic() {
        return blog(new TargetGroup("web"), LaunchBy.RUN_INSTANCES);
    }

    static ClusterSpec byFleet() {
        return blog(WEB, LaunchBy.FLEET);
    }

    private static ClusterSpec blog(TargetGroup group, LaunchBy by) {
        return new ClusterSpec(
                BLOG,
                Mode.ACT,
                "us-east-1",
                Duration.ofSeconds(30),
                List.of(group),
                new ClusterSpec.Launch(
                        "lt-0123",
                        "$Default",
                        new TreeMap<>(Map.of(new Zone("us-east-1a"), "subnet-1")),
                        Map.of(),
                        Duration.ofHours(24),
                        by),
                new ClusterSpec.Capacity(4, 2, 8, 1, List.of(new InstanceType("t2.micro")), false),
                Optional.empty(),
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
}
