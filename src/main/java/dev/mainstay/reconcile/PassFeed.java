package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.planning.Pass;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Turns each cluster's passes into events. Safe for several clusters' loops at once; each calls for its own only. */
public final class PassFeed implements Consumer<Pass> {
    private final Map<ClusterName, Pass> last = new HashMap<>();
    private final Consumer<Event> events;

    public PassFeed(Consumer<Event> events) {
        this.events = events;
    }

    @Override
    public synchronized void accept(Pass pass) {
        Events.of(last.put(pass.spec().name(), pass), pass).forEach(events);
    }
}
