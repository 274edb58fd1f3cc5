package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;

/** The rules that withhold actions; each has a heading in docs/operations.md. */
public enum GuardName implements Labelled {
    OBSERVE_MODE,
    PAUSED,
    DEPLOY_HOLD,
    STALE_OBSERVATION,
    ANOTHER_SUPERVISOR,
    SELF,
    PROTECTED,
    HELD_BY_SOMEONE,
    GROUP_BUSY,
    YOUNG_NODE,
    SHARED_FATE,
    ONE_ZONE,
    FLOOR,
    BASE,
    HEAL_BUDGET,
    RETURN_BUDGET,
    DISRUPTION_BUDGET,
    MAINTENANCE_WINDOW,
    LAUNCH_CREDIT_LIMIT,
    OVERLOAD,
    LAUNCH_BACKOFF,
    MAX_NODES,
    NOT_ROUTING,
    SPENDING_CAP
}
