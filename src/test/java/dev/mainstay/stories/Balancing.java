package dev.mainstay.stories;

import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What sends traffic to the nodes of a story. */
enum Balancing {
    APPLICATION("is an application load balancer", Duration.ZERO),
    TWO_TARGET_GROUPS("has two target groups", Duration.ZERO),
    /** It is slow: more than a minute, in which AWS tells its parts. A figure of experience. */
    NETWORK("is a network load balancer", Duration.ofSeconds(90)),
    CLASSIC("is a classic one", Duration.ZERO);

    private final String words;
    private final Duration lag;

    Balancing(String words, Duration lag) {
        this.words = words;
        this.lag = lag;
    }

    static Balancing read(Words words) {
        for (Balancing each : values()) {
            if (words.take(each.words)) {
                return each;
            }
        }
        throw words.refused();
    }

    /** What the config says of it. */
    String config() {
        return "{ %s: [%s] }"
                .formatted(
                        this == CLASSIC ? "classic" : "target-groups",
                        targetGroups().stream()
                                .map(group -> '"' + group.value() + '"')
                                .collect(Collectors.joining(", ")));
    }

    List<TargetGroup> targetGroups() {
        return switch (this) {
            case APPLICATION -> WorldSpec.Place.US_EAST_1.targetGroups();
            case TWO_TARGET_GROUPS -> List.of(arn("web"), arn("api"));
            case NETWORK -> List.of(arn("web"));
            case CLASSIC -> List.of(new TargetGroup("web"));
        };
    }

    Duration lag() {
        return lag;
    }

    private static TargetGroup arn(String name) {
        return new TargetGroup(
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/%s/0123456789abcdef".formatted(name));
    }
}
