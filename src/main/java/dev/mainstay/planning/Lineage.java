package dev.mainstay.planning;

import java.time.Instant;
import java.util.List;

/**
 * What was done about the CPU credits of a node and of those that it replaced, one after the other.
 *
 * @param remedies when each remedy of late was begun, in order of time
 */
public record Lineage(List<Instant> remedies) {
    public Lineage {
        remedies = List.copyOf(remedies);
    }
}
