package dev.mainstay.cluster;

/** The verdict of EC2's instance and system status checks, taken together. */
public enum StatusCheck implements Labelled {
    OK,
    IMPAIRED,
    /** Initialising, insufficient data, or not read. */
    UNKNOWN
}
