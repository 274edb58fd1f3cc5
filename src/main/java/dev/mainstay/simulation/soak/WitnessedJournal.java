package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what has become durable in a journal, beyond the end of the daemon. It witnesses what the journal below it has
 * accepted, not what the daemon wished to store.
 */
final class WitnessedJournal {
    private final Map<IntentId, Intent> intents = new HashMap<>();
    private final Map<NodeId, Intent> lastOf = new HashMap<>();
    private final Set<IntentId> canaries = new HashSet<>();
    private @Nullable Memory latest;
    private long stores;

    /** The journal with its witness. */
    Journal over(Journal journal) {
        return new Journal() {
            @Override
            public Memory load(ClusterName cluster, Instant now) {
                Memory loaded = journal.load(cluster, now);
                witness(loaded);
                return loaded;
            }

            @Override
            public void store(ClusterName cluster, Memory before, Memory after) {
                journal.store(cluster, before, after);
                stores++;
                witness(after);
            }

            @Override
            public void close() {
                journal.close();
            }
        };
    }

    /** The memory that is durable now; empty before the first start. */
    Optional<Memory> latest() {
        return Optional.ofNullable(latest);
    }

    /** The intent of this token, however old. */
    Optional<Intent> intent(IntentId id) {
        return Optional.ofNullable(intents.get(id));
    }

    /** The last write that was to be made to this node. */
    Optional<Intent> lastOf(NodeId node) {
        return Optional.ofNullable(lastOf.get(node));
    }

    /** Whether that launch was of a canary, which may be one beyond the maximum. */
    boolean canary(IntentId id) {
        return canaries.contains(id);
    }

    long stores() {
        return stores;
    }

    private void witness(Memory memory) {
        latest = memory;
        for (Intent intent : memory.intents().values()) {
            if (intents.putIfAbsent(intent.id(), intent) == null) {
                intent.action().subject().ifPresent(node -> lastOf.put(node, intent));
            }
        }
        if (memory.canary() != null && memory.canary().intent() != null) {
            canaries.add(memory.canary().intent());
        }
    }
}
