package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.Labelled;

/** Where the simulated daemon keeps its journal. */
public enum JournalKind implements Labelled {
    /** SQLite in memory, held by the world: it outlives simulated crashes. */
    MEMORY,
    /** A SQLite file. A crash leaves on disk what was there at that moment, and the next start opens it. */
    FILE
}
