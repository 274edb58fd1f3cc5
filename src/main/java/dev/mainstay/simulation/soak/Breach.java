package dev.mainstay.simulation.soak;

import java.time.Instant;
import java.util.List;

/**
 * Something that must not happen, and has.
 *
 * @param at the simulated time
 * @param invariant which one was broken
 * @param command replays it bit for bit
 * @param events the last events before it, oldest first
 */
public record Breach(long seed, Instant at, String invariant, String what, String command, List<String> events) {
    public Breach {
        events = List.copyOf(events);
    }
}
