package dev.mainstay.perturbation;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Memory;
import java.time.Instant;

/** A journal with someone who sees both edges of every store. */
record WatchedJournal(Journal journal, Interference watcher) implements Journal {
    @Override
    public Memory load(ClusterName cluster, Instant now) {
        return journal.load(cluster, now);
    }

    @Override
    public void store(ClusterName cluster, Memory before, Memory after) {
        watcher.beforeStore();
        journal.store(cluster, before, after);
        watcher.afterStore();
    }

    @Override
    public void close() {
        journal.close();
    }
}
