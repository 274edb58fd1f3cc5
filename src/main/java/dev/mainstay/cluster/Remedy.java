package dev.mainstay.cluster;

/** What to do with a node that has run out of CPU credits. */
public enum Remedy implements Labelled {
    /** Launch a fresh node, which T1 and T2 start with launch credits, then terminate the exhausted one. */
    REPLACE,
    /** Switch the node to unlimited mode. */
    UNLIMITED,
    /** Take the node out of rotation until it has earned enough. */
    REST,
    /** Replace the node by one of the fallback type. */
    PROMOTE,
    /** The first of the others, in this order, that helps the node and is allowed. */
    AUTO
}
