package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;
import dev.mainstay.cluster.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one rule found when it looked at a node, or at the cluster.
 *
 * @param node null: the cluster
 * @param reason the inputs and thresholds on which it judged
 * @param eligibleAt when it would judge otherwise if nothing else changed; null where time alone changes nothing
 */
public record Finding(
        RuleName rule,
        @Nullable NodeId node,
        Verdict verdict,
        Reason reason,
        @Nullable Instant eligibleAt) {

    /** What the rule made of it. */
    public enum Verdict implements Labelled {
        /** It wants something done; a guard may still hold it back. */
        WANTS,
        /** Not yet. */
        WAITS,
        /** Not this rule's matter. */
        LEAVES
    }
}
