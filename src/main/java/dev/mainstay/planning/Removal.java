package dev.mainstay.planning;

import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.TargetGroup;
import dev.mainstay.cluster.Voluntary;
import java.time.Duration;

/** What the rules on removing nodes share. */
public final class Removal {
    private Removal() {}

    /** Whether a removal for this reason uses the heal budget: the node lives, and was not simply one too many. */
    public static boolean heals(Reason reason) {
        return switch (reason) {
            case Reason.UnhealthyFor _,
                    Reason.Flapping _,
                    Reason.StatusChecksFailed _,
                    Reason.NotSeenHealthy _,
                    Reason.CreditsExhausted _ -> true;
            case Reason.Remedied remedied -> remedied.remedy() != Remedy.REST;
            // These never served, and are bounded by the pauses between launches.
            case Reason.CanaryDone _, Reason.NeverHealthy _ -> false;
            default -> false;
        };
    }

    /**
     * Whether it goes without being missed, because it was one too many from its launch on: a canary that got sick, a
     * launch that failed, or one that was given up.
     */
    public static boolean holdsNoPlace(Standing node) {
        NodeMemory.Condemnation condemned = node.memory().condemned();
        return condemned != null
                && !node.inService()
                && switch (condemned.reason()) {
                    case Reason.CanaryDone _, Reason.NeverHealthy _, Reason.Orphaned _ -> true;
                    default -> false;
                };
    }

    /** Whether a removal for this reason uses the disruption budget; returns and moves have the return budget. */
    public static boolean disrupts(Reason reason) {
        return reason.voluntary()
                .filter(why -> why != Voluntary.RETURN && why != Voluntary.MOVE)
                .isPresent();
    }

    /** The longest deregistration delay of the cluster's target groups. */
    public static Duration drainTime(Situation situation) {
        return Standings.drainTime(situation.spec().targetGroups(), situation.observation());
    }

    /** The longest time for which one of the cluster's load balancers drains a node without saying so; zero where none does. */
    public static Duration unseenDrainTime(Situation situation) {
        return Standings.drainTime(
                situation.spec().targetGroups().stream()
                        .filter(TargetGroup::classic)
                        .toList(),
                situation.observation());
    }
}
