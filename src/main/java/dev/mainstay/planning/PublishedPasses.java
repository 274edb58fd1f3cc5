package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The last pass of each cluster: what status, metrics and alerts read instead of the cloud. Thread-safe. */
public final class PublishedPasses {
    private final List<ClusterSpec> specs;
    private final Map<ClusterName, Pass> last = new ConcurrentHashMap<>();

    public PublishedPasses(Collection<ClusterSpec> specs) {
        this.specs = List.copyOf(specs);
    }

    /** The clusters that are supervised, whether or not they had a pass yet. */
    public List<ClusterSpec> specs() {
        return specs;
    }

    public void publish(Pass pass) {
        last.put(pass.spec().name(), pass);
    }

    public Optional<Pass> last(ClusterName cluster) {
        return Optional.ofNullable(last.get(cluster));
    }
}
