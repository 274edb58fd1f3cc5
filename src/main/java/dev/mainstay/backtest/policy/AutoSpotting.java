package dev.mainstay.backtest.policy;

import dev.mainstay.backtest.Machine;
import dev.mainstay.backtest.Policy;
import dev.mainstay.backtest.Turn;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AutoSpotting (github.com/LeanerCloud/AutoSpotting): the group itself is on-demand, and heals with on-demand. While it is
 * whole, one cheaper spot node at a time is launched, waited for, and swapped in for an on-demand node.
 *
 * <p>Deviations: the original looks for cheaper types in the on-demand node's own zone; with one type per zone it tries the
 * zones in turn, one a tick. It looks every tick, where the original runs every few minutes.
 */
final class AutoSpotting implements Policy {
    private int next;
    private @Nullable Machine waitedFor;

    @Override
    public void decide(Turn turn) {
        int desired = turn.frame().desired();
        if (waitedFor != null && !waitedFor.alive()) {
            waitedFor = null;
        }
        if (waitedFor != null && turn.serves(waitedFor)) {
            waitedFor = null;
            Fleet.onDemand(turn).stream()
                    .max(Comparator.comparingInt(Machine::id))
                    .ifPresent(turn::terminate);
        }
        int inGroup = turn.nodes().size() - (waitedFor == null ? 0 : 1);
        for (int missing = desired - inGroup; missing > 0; missing--) {
            turn.launchOnDemand(0);
        }
        boolean whole = Fleet.serving(turn, node -> true) >= desired;
        if (waitedFor == null
                && whole
                && Fleet.onDemand(turn).size() > turn.frame().base()) {
            Optional<Machine> made = turn.launchSpot(next++ % turn.market().zoneCount());
            made.ifPresent(node -> turn.switched());
            waitedFor = made.orElse(null);
        }
    }
}
