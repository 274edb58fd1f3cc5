package dev.mainstay.planning;

import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Pool;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that one cluster's loop knows from earlier passes. What changes in it is what the journal stores.
 *
 * @param birth when the journal began
 * @param seen the moment of the last observation that missed nothing vital; its uptime is of the process that took it
 * @param intents launches without an answer yet, and abandoned ones for a day
 * @param spendings the uses of budgets within their windows, in order of time
 * @param launchBackOff how launches fail one after the other; null while they do not
 * @param conditions the conditions that hold, and since when
 */
public record Memory(
        Instant birth,
        @Nullable Seen seen,
        SortedMap<NodeId, NodeMemory> nodes,
        SortedMap<Pool, PoolMemory> pools,
        SortedMap<IntentId, Intent> intents,
        List<Spending> spendings,
        @Nullable LaunchBackOff launchBackOff,
        SortedMap<ConditionName, Instant> conditions) {

    public Memory {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        intents = Collections.unmodifiableSortedMap(new TreeMap<>(intents));
        spendings = List.copyOf(spendings);
        conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
    }

    /** The last whole sight. {@code uptime} is null once another process reads it. */
    public record Seen(Instant wall, java.time.@Nullable Duration uptime) {
        public static Seen at(Moment moment) {
            return new Seen(moment.wall(), moment.uptime());
        }
    }

    /** One use of a budget. */
    public record Spending(Budget budget, Instant at, int count) {}

    /** New nodes failed so many times in a row; no further launch above the floor before then. */
    public record LaunchBackOff(int failures, Instant retryAt) {}

    /** Nothing is known: the memory of a journal that was just made. */
    public static Memory born(Instant birth) {
        return new Memory(
                birth, null, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of(), null, new TreeMap<>());
    }

    public Optional<NodeMemory> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    public PoolMemory pool(Pool pool) {
        return pools.getOrDefault(pool, PoolMemory.NONE);
    }
}
