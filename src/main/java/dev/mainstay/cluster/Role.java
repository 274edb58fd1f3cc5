package dev.mainstay.cluster;

/**
 * What a node is to its cluster. {@code BASE} and {@code STAND_IN} say why an on-demand node was bought; the base itself
 * is a number, which any on-demand node fills.
 */
public enum Role implements Labelled {
    BASE,
    STAND_IN,
    SPOT,
    PRIMARY,
    FOREIGN
}
