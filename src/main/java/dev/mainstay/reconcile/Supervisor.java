package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Everything that runs: the loops of all clusters, and what has to be closed after them. The clusters may change while it
 * runs. One that is no longer asked for is left as it is; nobody looks after it any more. Thread-safe.
 */
public final class Supervisor {
    private final BiFunction<ClusterSpec, Reconciler, ClusterLoop> newLoop;
    private final List<AutoCloseable> resources;
    /** Stopped ones too: a last pass of theirs may still be under way when they are asked for again. */
    private final Map<ClusterName, ClusterLoop> loops = new LinkedHashMap<>();

    private boolean started;

    public Supervisor(BiFunction<ClusterSpec, Reconciler, ClusterLoop> newLoop, List<AutoCloseable> resources) {
        this.newLoop = newLoop;
        this.resources = List.copyOf(resources);
    }

    /**
     * From now on these clusters are supervised, as these specs say; a loop takes up its new spec between two passes, with
     * the memory that it has.
     */
    public synchronized void follow(Collection<ClusterSpec> specs, Function<ClusterSpec, Reconciler> reconcilers) {
        Set<ClusterName> left = new HashSet<>(loops.keySet());
        for (ClusterSpec spec : specs) {
            left.remove(spec.name());
            Reconciler reconciler = reconcilers.apply(spec);
            ClusterLoop loop = loops.get(spec.name());
            if (loop == null) {
                loop = newLoop.apply(spec, reconciler);
                loops.put(spec.name(), loop);
            } else {
                loop.follow(reconciler, spec.interval());
            }
            if (started) {
                loop.start();
            }
        }
        left.stream().map(loops::get).filter(Objects::nonNull).forEach(ClusterLoop::stop);
        if (!started) {
            loops.keySet().removeAll(left);
        }
    }

    /** A changed config could not be used: the old one holds, and every pass says so until {@link #follow} is called. */
    public synchronized void note(Gap refusedConfig) {
        loops.values().forEach(loop -> loop.note(refusedConfig));
    }

    public synchronized void start() {
        started = true;
        loops.values().forEach(ClusterLoop::start);
    }

    /** Nothing depends on this being called: a killed supervisor carries on from its journal. */
    public synchronized void stop() {
        loops.values().forEach(ClusterLoop::stop);
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not close " + resource, e);
            }
        }
    }
}
