package dev.mainstay.reconcile;

import java.util.List;

/** Everything that runs: the loops of all clusters, and what has to be closed after them. */
public final class Supervisor {
    private final List<ClusterLoop> loops;
    private final List<AutoCloseable> resources;

    public Supervisor(List<ClusterLoop> loops, List<AutoCloseable> resources) {
        this.loops = List.copyOf(loops);
        this.resources = List.copyOf(resources);
    }

    public void start() {
        loops.forEach(ClusterLoop::start);
    }

    /** Nothing depends on this being called: a killed supervisor carries on from its journal. */
    public void stop() {
        loops.forEach(ClusterLoop::stop);
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not close " + resource, e);
            }
        }
    }
}
