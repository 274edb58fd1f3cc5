package dev.mainstay.status;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.PublishedPasses;
import dev.mainstay.status.StatusView.ClusterView;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the last passes into a {@link StatusView}; never the cloud. Thread-safe. */
public final class StatusReader {
    private final PublishedPasses passes;
    private final Supplier<Mode> mode;
    private final InstantSource clock;

    /**
     * @param mode what the config sets for all clusters
     * @param clock the daemon's wall clock, or the simulation's
     */
    public StatusReader(PublishedPasses passes, Supplier<Mode> mode, InstantSource clock) {
        this.passes = passes;
        this.mode = mode;
        this.clock = clock;
    }

    public StatusView status() {
        return view(passes.specs());
    }

    /** The status of this cluster alone; empty if it is not supervised. */
    public Optional<StatusView> status(String cluster) {
        List<ClusterSpec> named = passes.specs().stream()
                .filter(spec -> spec.name().value().equals(cluster))
                .toList();
        return named.isEmpty() ? Optional.empty() : Optional.of(view(named));
    }

    /** The names of the supervised clusters, as configured. */
    public List<String> clusters() {
        return passes.specs().stream()
                .map(ClusterSpec::name)
                .map(ClusterName::value)
                .toList();
    }

    private StatusView view(List<ClusterSpec> specs) {
        return new StatusView(
                mode.get().label(),
                true,
                clock.instant(),
                specs.stream().map(this::view).toList());
    }

    private ClusterView view(ClusterSpec spec) {
        return passes.last(spec.name()).map(PassReader::view).orElseGet(() -> PassReader.awaiting(spec));
    }
}
