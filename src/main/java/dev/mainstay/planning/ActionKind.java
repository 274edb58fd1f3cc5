package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;

/** The kinds of AWS write. */
public enum ActionKind implements Labelled {
    LAUNCH,
    REGISTER,
    DEREGISTER,
    TERMINATE,
    SET_CREDIT_MODE,
    ENTER_STANDBY,
    EXIT_STANDBY,
    SET_GROUP_SIZE,
    COMPLETE_HOOK;

    /** Whether it takes capacity away: guarded harder, and verified again just before the call. */
    public boolean destructive() {
        return this == DEREGISTER || this == TERMINATE || this == ENTER_STANDBY;
    }
}
