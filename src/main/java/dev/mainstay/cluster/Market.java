package dev.mainstay.cluster;

/** How an instance is bought. */
public enum Market implements Labelled {
    SPOT,
    ON_DEMAND
}
