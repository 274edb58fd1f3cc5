package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;

/** The named states of a cluster; each has a heading in docs/operations.md. */
public enum ConditionName implements Labelled {
    /** Fewer in service than desired. */
    BELOW_DESIRED,
    /** Fewer in service than the floor. */
    BELOW_FLOOR,
    /** Fewer on-demand nodes in service than the base. */
    BASE_MISSING,
    /** On-demand nodes stand in for spot. */
    STANDING_IN,
    /** Every spot pool is closed. */
    SPOT_UNAVAILABLE,
    /** Too many sick at once. */
    SHARED_FATE,
    /** Too many are sick at once, and so is the node that was to tell why. */
    CANARY_SICK,
    /** Too many out of credits at once. */
    CLUSTER_OVERLOADED,
    /** Out of credits, and no remedy is left. */
    CREDITS_EXHAUSTED,
    /** CPU credits end within half an hour. */
    CREDITS_LOW,
    /** Nodes in unlimited mode use more credits than they earn. */
    SURPLUS_CREDITS,
    /** Remedies for CPU credits do not last, or another type would be cheaper. */
    WRONG_INSTANCE_TYPE,
    /** New nodes keep failing. */
    LAUNCH_BACKOFF,
    /** Nodes of the launch template's version never serve, and an older one is used. */
    TEMPLATE_BAD,
    /** AWS refused a launch for a reason that a person has to mend. */
    LAUNCH_REFUSED,
    /** The load balancer sends traffic to none of its targets. */
    NOT_ROUTING,
    /** A price is unknown. */
    PRICE_UNKNOWN,
    /** A vital read fails. */
    CANNOT_SEE,
    /** An advisory read fails. */
    PARTIAL_SIGHT,
    /** Someone else launches nodes with the cluster's tag. */
    ANOTHER_SUPERVISOR,
    /** A node was terminated, and runs on. */
    STILL_RUNNING,
    /** AWS refuses our writes. */
    CANNOT_ACT,
    /** The journal cannot be written, so nothing is done. */
    CANNOT_REMEMBER,
    /** Something else heals, sizes or replaces the nodes of an Auto Scaling group, too. */
    RIVAL_HEALER,
    /** An Auto Scaling group does not launch or end nodes, as someone wished. */
    GROUP_SUSPENDED,
    /** The limits of an Auto Scaling group do not allow what is wanted. */
    GROUP_LIMITS,
    /** Someone asked that nothing be written. */
    PAUSED,
    /** Someone asked that nobody be given up while a deploy runs. */
    DEPLOY_HOLD,
    /** Something has been withheld for long. */
    HELD_BACK,
    /** The config file was changed, and what it says now cannot be used. */
    CONFIG_REFUSED,
    /** A plan contradicted an invariant and was dropped. */
    PLAN_REFUSED
}
