package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;

/** The rules, by the names under which an explanation tells of them. */
public enum RuleName implements Labelled {
    RESEND_LOST_LAUNCHES,
    REMEDY_EXHAUSTED_CREDITS,
    GIVE_UP_SICK_NODES,
    GIVE_UP_FAILED_LAUNCHES,
    KEEP_BASE,
    FILL_CAPACITY,
    INSURE_BOOTING_SPOT,
    RETURN_TO_SPOT,
    MOVE_TO_BETTER_POOL,
    ANSWER_REBALANCE,
    REGISTER_NEW_NODES,
    TERMINATE_DRAINED_NODES,
    BURY_STOPPED_NODES,
    DRAIN_CONDEMNED_NODES,
    DRAIN_DOOMED_NODES,
    RELEASE_SURPLUS,
    CALL_OFF_STAND_INS,
    RELEASE_AT_RISK,
    REPORT_CAPACITY,
    REPORT_MARKET,
    REPORT_TROUBLE,
    REPORT_HOLDS
}
