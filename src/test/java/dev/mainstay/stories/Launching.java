package dev.mainstay.stories;

import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.InstanceType;
import dev.mainstay.cluster.Market;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.List;

/** Who launches the nodes of a story: Mainstay, or Auto Scaling groups of four nodes together. */
enum Launching {
    MAINSTAY("Mainstay launches the nodes"),
    ONE_GROUP("an Auto Scaling group launches the nodes"),
    PAIR("a spot group and an on-demand group launch the nodes");

    private static final String HOOK = "mainstay";

    private final String words;

    Launching(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** What the config says of it. */
    String config(boolean hooked) {
        String hook = hooked ? ", hook: " + HOOK : "";
        return switch (this) {
            case MAINSTAY -> "";
            case ONE_GROUP -> "group: { name: blog%s }".formatted(hook);
            case PAIR -> "group: { spot: blog-spot, on-demand: blog-on-demand%s }".formatted(hook);
        };
    }

    List<WorldSpec.GroupSpec> groups(InstanceType type, List<TargetGroup> attached, boolean hooked, int most) {
        return switch (this) {
            case MAINSTAY -> List.of();
            case ONE_GROUP -> List.of(group("blog", Market.SPOT, type, 4, most, attached, hooked));
            case PAIR ->
                List.of(
                        group("blog-spot", Market.SPOT, type, 3, most, attached, hooked),
                        group("blog-on-demand", Market.ON_DEMAND, type, 1, most, attached, hooked));
        };
    }

    private static WorldSpec.GroupSpec group(
            String name,
            Market market,
            InstanceType type,
            int desired,
            int most,
            List<TargetGroup> attached,
            boolean hooked) {
        return new WorldSpec.GroupSpec(
                new GroupName(name),
                market,
                type,
                0,
                most,
                desired,
                attached,
                hooked ? HOOK : null,
                Duration.ofMinutes(2));
    }
}
