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
    private volatile List<ClusterSpec> specs;
    private final Map<ClusterName, Pass> last = new ConcurrentHashMap<>();

    public PublishedPasses(Collection<ClusterSpec> specs) {
        this.specs = List.copyOf(specs);
    }

    /** The clusters that are supervised, whether or not they had a pass yet. */
    public List<ClusterSpec> specs() {
        return specs;
    }

    /** From now on these are supervised. */
    public void follow(Collection<ClusterSpec> supervised) {
        specs = List.copyOf(supervised);
        last.keySet().removeIf(cluster -> !supervises(cluster));
    }

    public void publish(Pass pass) {
        last.put(pass.spec().name(), pass);
    }

    /** Empty before its first pass, and once it is no longer supervised. */
    public Optional<Pass> last(ClusterName cluster) {
        return supervises(cluster) ? Optional.ofNullable(last.get(cluster)) : Optional.empty();
    }

    private boolean supervises(ClusterName cluster) {
        return specs.stream().anyMatch(spec -> spec.name().equals(cluster));
    }
}
