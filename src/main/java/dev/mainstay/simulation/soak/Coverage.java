package dev.mainstay.simulation.soak;

import dev.mainstay.planning.ActionKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often each fault struck while each kind of write was in flight: sent and not yet heard of, or made earlier in the same
 * pass. Not thread-safe.
 */
final class Coverage {
    /** Nothing was in flight. */
    static final String NONE = "none";

    private final Map<FaultKind, Map<ActionKind, Long>> strikes = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Long> idle = new EnumMap<>(FaultKind.class);

    /** A fault strikes while these are in flight. */
    void struck(FaultKind fault, EnumSet<ActionKind> inFlight) {
        if (inFlight.isEmpty()) {
            idle.merge(fault, 1L, Long::sum);
        }
        inFlight.forEach(action -> row(fault).merge(action, 1L, Long::sum));
    }

    long of(FaultKind fault, ActionKind action) {
        return row(fault).getOrDefault(action, 0L);
    }

    void add(Coverage other) {
        other.strikes.forEach(
                (fault, row) -> row.forEach((action, count) -> row(fault).merge(action, count, Long::sum)));
        other.idle.forEach((fault, count) -> idle.merge(fault, count, Long::sum));
    }

    private Map<ActionKind, Long> row(FaultKind fault) {
        return strikes.computeIfAbsent(fault, _ -> new EnumMap<>(ActionKind.class));
    }

    /** A row for each of these faults, a count for each kind of write and for none. */
    Map<String, Map<String, Long>> table(Set<FaultKind> faults) {
        Map<String, Map<String, Long>> table = new LinkedHashMap<>();
        for (FaultKind fault : faults) {
            Map<String, Long> row = new LinkedHashMap<>();
            for (ActionKind action : ActionKind.values()) {
                row.put(action.label(), of(fault, action));
            }
            row.put(NONE, idle.getOrDefault(fault, 0L));
            table.put(fault.label(), row);
        }
        return table;
    }
}
