package dev.mainstay.cluster;

/**
 * Why something is done that could as well wait: nothing is missing, and nobody is sick. Maintenance windows name these;
 * what is forced on us, and what heals, never waits for one.
 */
public enum Voluntary implements Labelled {
    /** Back from on-demand to spot: the spot node that is launched for it, and the stand-in that goes. */
    RETURN,
    /** From one spot pool to a better one. */
    MOVE,
    /** A replacement ahead of an event that AWS has announced for the node. */
    SCHEDULED_EVENT
}
