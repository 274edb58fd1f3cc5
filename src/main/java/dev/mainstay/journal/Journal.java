package dev.mainstay.journal;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.planning.Memory;
import java.time.Instant;

/**
 * Durable memory. One store is one durable append: when it returns, the change survives a crash of the process and of the
 * machine; when it throws, nothing of it was stored. Thread-safe; clusters do not see each other.
 */
public interface Journal extends AutoCloseable {
    /** What was last stored of this cluster; a new memory, born now and stored, if there is nothing. */
    Memory load(ClusterName cluster, Instant now);

    /**
     * Stores what differs between the two.
     *
     * @param before what was last loaded or stored
     * @throws JournalException if it could not be made durable
     */
    void store(ClusterName cluster, Memory before, Memory after);

    @Override
    void close();
}
