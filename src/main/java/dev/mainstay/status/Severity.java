package dev.mainstay.status;

import dev.mainstay.planning.ConditionName;

/** How much a condition matters to whoever was woken up. In rising order. */
enum Severity {
    /** Good to know; nothing is missing. */
    NOTE,
    /** Something is missing, and Mainstay is at work on it. */
    WARNING,
    /** Visitors may notice, or Mainstay cannot mend it alone. */
    CRITICAL;

    static Severity of(ConditionName name) {
        return switch (name) {
            case STANDING_IN, SPOT_UNAVAILABLE, PRICE_UNKNOWN, PARTIAL_SIGHT, SURPLUS_CREDITS, DEPLOY_HOLD -> NOTE;
            case BELOW_DESIRED,
                    BASE_MISSING,
                    LAUNCH_BACKOFF,
                    STILL_RUNNING,
                    CREDITS_EXHAUSTED,
                    CREDITS_LOW,
                    WRONG_INSTANCE_TYPE,
                    CONFIG_REFUSED,
                    PAUSED,
                    RIVAL_HEALER,
                    GROUP_SUSPENDED,
                    GROUP_LIMITS,
                    HELD_BACK -> WARNING;
            case BELOW_FLOOR,
                    SHARED_FATE,
                    CANARY_SICK,
                    CLUSTER_OVERLOADED,
                    TEMPLATE_BAD,
                    LAUNCH_REFUSED,
                    NOT_ROUTING,
                    CANNOT_REMEMBER,
                    CANNOT_SEE,
                    CANNOT_ACT,
                    ANOTHER_SUPERVISOR,
                    PLAN_REFUSED -> CRITICAL;
        };
    }

    /** Of a condition as the view names it. */
    static Severity of(String label) {
        for (ConditionName name : ConditionName.values()) {
            if (name.label().equals(label)) {
                return of(name);
            }
        }
        throw new IllegalArgumentException("no condition is called " + label);
    }
}
