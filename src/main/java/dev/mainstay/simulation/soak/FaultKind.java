package dev.mainstay.simulation.soak;

import dev.mainstay.cluster.Labelled;

/** What the fault simulation does to a daemon and its world: the closed catalogue behind {@code --faults}. */
public enum FaultKind implements Labelled {
    /** A node's application answers nobody any more. */
    HANG,
    /** A node's machine fails, and EC2's status checks say so. */
    IMPAIR,
    /** Someone else terminates a node. */
    TERMINATED_BY_OTHERS,
    /** Someone else stops an on-demand node. */
    STOPPED_BY_OTHERS,
    /** Someone else takes a node out of the target group. */
    DEREGISTERED_BY_OTHERS,
    /** Someone else takes the cluster's tag off a node. */
    UNTAGGED_BY_OTHERS,
    /** EC2 announces that it retires a node's hardware. */
    RETIRE,
    /** EC2 takes a spot node back, two minutes after its notice. */
    INTERRUPT,
    /** EC2 takes a spot node back without a word. */
    INTERRUPT_WITHOUT_NOTICE,
    /** What every application depends on is down, in one zone or everywhere. */
    OUTAGE,
    /** The launch template gets a version whose nodes never answer, and later a sound one. */
    BAD_TEMPLATE,
    /** What is launched never answers. */
    BAD_IMAGE,
    /** EC2 has no room for launches, in a zone or everywhere, on a market or both. */
    NO_ROOM,
    /** EC2 has no more machines of a type in a zone. */
    POOL_EXHAUSTED,
    /** A node's termination protection is on, until its hardware is retired hours later. */
    TERMINATION_FORBIDDEN,
    /** EC2 accepts terminations and carries them out later. */
    TERMINATIONS_LATE,
    /** Descriptions leave instances out that exist. */
    HIDDEN,
    /** AWS is too busy for some calls. */
    THROTTLED,
    /** AWS denies the rights for some calls. */
    DENIED,
    /** AWS answers some calls with an internal error. */
    INTERNAL_ERROR,
    /** Some calls never reach AWS. */
    UNREACHABLE,
    /** Some calls take effect, and nobody hears of it. */
    ANSWER_LOST,
    /** The daemon's process dies at one edge of a call, and is started again ten seconds later. */
    CRASH
}
