package dev.mainstay.cloud.aws;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.GroupName;
import dev.mainstay.cluster.Groups;
import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * By what the instances of a cluster are known: our tag, or, where Auto Scaling groups launch them, the tag of EC2 Auto
 * Scaling's own, which nobody else can set. Such an instance is shown as if it carried ours.
 *
 * @param groups empty: by our tag
 */
record Membership(ClusterName cluster, List<String> groups) {
    static Membership of(ClusterSpec spec) {
        return new Membership(
                spec.name(),
                spec.groups().map(Groups::names).orElse(List.of()).stream()
                        .map(GroupName::value)
                        .toList());
    }

    /** The tag to filter by. */
    String tag() {
        return groups.isEmpty() ? Tags.CLUSTER : Tags.GROUP;
    }

    List<String> values(ClusterName asked) {
        return groups.isEmpty() ? List.of(asked.value()) : groups;
    }

    Instance shown(Instance instance) {
        if (groups.isEmpty()) {
            return instance;
        }
        Map<String, String> tags = new HashMap<>(instance.tags());
        if (groups.contains(tags.getOrDefault(Tags.GROUP, ""))) {
            tags.put(Tags.CLUSTER, cluster.value());
        } else {
            tags.remove(Tags.CLUSTER);
        }
        return instance.withTags(tags);
    }
}
