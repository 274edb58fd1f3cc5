package dev.mainstay.cluster;

/** The credit specification of a burstable instance. */
public enum CreditMode implements Labelled {
    STANDARD,
    UNLIMITED
}
