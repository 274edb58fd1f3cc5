package dev.mainstay.wire;

/** The moment at which the daemon is killed. */
enum Blow {
    /** A write is about to be sent. */
    UNSENT,
    /** A write has taken effect and is not yet answered. */
    UNANSWERED,
    /** A launch has taken effect, and takes long to be answered. */
    SLOW_LAUNCH,
    /** Any time, starting up included. */
    ANY_TIME
}
