package dev.mainstay.cluster;

/** How much Mainstay may do to a cluster. */
public enum Mode implements Labelled {
    /** Plans, says what it would have done, writes nothing. */
    OBSERVE,
    /** Launches what is missing and takes sick nodes out of rotation, down to the floor; terminates nothing. */
    QUARANTINE,
    /** Does all that it plans. */
    ACT
}
