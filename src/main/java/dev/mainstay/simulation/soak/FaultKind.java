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
    /** EC2 takes a spot node back, and says so only shortly before. */
    NOTICE_LATE,
    /** EC2 announces that it takes a spot node back, and never does. */
    NOTICE_FALSE,
    /** What every application depends on is down, in one zone or everywhere. */
    OUTAGE,
    /** The launch template gets a version whose nodes never answer, and later a sound one. */
    BAD_TEMPLATE,
    /** What is launched never answers. */
    BAD_IMAGE,
    /** What is launched ends by itself before it runs. */
    LAUNCHES_END,
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
    /** Some answers come late, or too late for anyone to wait for. */
    ANSWER_LATE,
    /** Nobody hears of some calls, which take effect minutes later. */
    EFFECT_LATE,
    /** Some requests arrive twice. */
    ARRIVED_TWICE,
    /** Some reads succeed and list nothing. */
    ANSWER_EMPTY,
    /** Some reads succeed, and rows or pages are missing. */
    ANSWER_HALF,
    /** Others in the account use up most of AWS's limits. */
    ACCOUNT_CROWDED,
    /** CloudWatch has nothing, gaps, no numbers, or nothing new. */
    METRICS_SPOILT,
    /** The load balancer says of every target that it cannot tell. */
    TARGETS_MISJUDGED,
    /** The machine's wall clock is set forward or back by an hour or a day. */
    CLOCK_STEPPED,
    /** The machine's wall clock is so wrong for a time that AWS refuses every signature. */
    CLOCK_SKEWED,
    /** The process stands still for up to an hour in the middle of a pass, or its machine sleeps. */
    FROZEN,
    /** The daemon's process dies at one edge of a call, and is started again ten seconds later. */
    CRASH
}
