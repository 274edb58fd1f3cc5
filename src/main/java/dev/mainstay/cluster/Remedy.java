package dev.mainstay.cluster;

/** What to do with a node that has run out of CPU credits. */
public enum Remedy implements Labelled {
    /** Launch a fresh node, which T2 starts with launch credits, then terminate the exhausted one. */
    REPLACE,
    /** Switch the node to unlimited mode. */
    UNLIMITED,
    /** Replace where a fresh node starts with launch credits and the budget of such launches allows; else unlimited. */
    AUTO
}
