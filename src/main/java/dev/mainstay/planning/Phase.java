package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;

/** What a node is, said in one word: the first of these that holds. */
public enum Phase implements Labelled {
    LOST,
    FOREIGN,
    HELD_BY_SOMEONE,
    KEPT_FOR_DEBUGGING,
    QUARANTINED,
    RESTING,
    DRAINING,
    CONDEMNED,
    DOOMED,
    AT_RISK,
    SUSPECT,
    COMING,
    IN_SERVICE
}
