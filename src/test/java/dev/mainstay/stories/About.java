package dev.mainstay.stories;

import dev.mainstay.cluster.Labelled;

/** What a story is about. */
enum About implements Labelled {
    /** Nodes that are taken away for no good reason, or too many at once. */
    WRONG_KILLS,
    /** Health checks that mislead, overload, shared causes. */
    BAD_HEALTH_CHECKS,
    /** Spot lost, refused, dear, back again. */
    SPOT_AND_ON_DEMAND,
    /** Nodes that nobody owns, nodes twice, numbers out of bounds. */
    ORPHANS_AND_DUPLICATES,
    /** Taking nodes out of rotation. */
    DRAINING,
    /** New nodes that never work. */
    LAUNCH_LOOPS,
    /** AWS that does not answer, or answers with half of the truth. */
    THROTTLING_AND_BLINDNESS,
    /** CPU credits. */
    CREDITS,
    /** What operators do. */
    OPERATORS
}
