package dev.mainstay.simulation.soak;

import dev.mainstay.planning.ActionKind;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often each fault struck while each kind of write was in flight: sent and not yet heard of, or made earlier in the same
 * pass. Not thread-safe.
 */
final class Coverage {
    /** Nothing was in flight. */
    static final String NONE = "none";

    private static final int ACTIONS = ActionKind.values().length;

    private final long[][] strikes = new long[FaultKind.values().length][ACTIONS + 1];

    /** A fault strikes while these are in flight. */
    void struck(FaultKind fault, EnumSet<ActionKind> inFlight) {
        long[] row = strikes[fault.ordinal()];
        if (inFlight.isEmpty()) {
            row[ACTIONS]++;
        }
        inFlight.forEach(action -> row[action.ordinal()]++);
    }

    /** @param action null: none */
    long of(FaultKind fault, @Nullable ActionKind action) {
        return strikes[fault.ordinal()][action == null ? ACTIONS : action.ordinal()];
    }

    void add(Coverage other) {
        for (int fault = 0; fault < strikes.length; fault++) {
            for (int action = 0; action <= ACTIONS; action++) {
                strikes[fault][action] += other.strikes[fault][action];
            }
        }
    }

    /** A row for each of these faults, a count for each kind of write and for none. */
    Map<String, Map<String, Long>> table(Set<FaultKind> faults) {
        Map<String, Map<String, Long>> table = new LinkedHashMap<>();
        for (FaultKind fault : faults) {
            Map<String, Long> row = new LinkedHashMap<>();
            for (ActionKind action : ActionKind.values()) {
                row.put(action.label(), of(fault, action));
            }
            row.put(NONE, of(fault, null));
            table.put(fault.label(), row);
        }
        return table;
    }
}
