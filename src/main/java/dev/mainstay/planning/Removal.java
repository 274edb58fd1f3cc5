package dev.mainstay.planning;

import dev.mainstay.cluster.Remedy;
import dev.mainstay.cluster.Voluntary;
import java.time.Duration;

/** What the rules on removing nodes share. */
public final class Removal {
    private Removal() {}

    /** Whether a removal for this reason uses the heal budget: the node lives, and was not simply one too many. */
    public static boolean heals(Reason reason) {
        return switch (reason) {
            case Reason.UnhealthyFor _, Reason.StatusChecksFailed _, Reason.NeverHealthy _, Reason.CreditsExhausted _ ->
                true;
            case Reason.Remedied remedied -> remedied.remedy() != Remedy.REST;
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
        return Standings.drainTime(situation.spec(), situation.observation());
    }
}
