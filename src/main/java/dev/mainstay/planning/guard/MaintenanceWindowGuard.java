package dev.mainstay.planning.guard;

import dev.mainstay.cluster.MaintenanceWindow;
import dev.mainstay.cluster.Voluntary;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Reason;
import dev.mainstay.planning.Situation;
import java.time.Instant;
import java.util.Optional;

/**
 * What could wait waits for a maintenance window that is about it, each step of it: a node that was condemned while one was
 * open stays in rotation until the next one opens. What would come about by itself before that is not held back.
 */
final class MaintenanceWindowGuard implements Guard {
    @Override
    public GuardName name() {
        return GuardName.MAINTENANCE_WINDOW;
    }

    @Override
    public Verdict judge(Action action, Situation situation, Draft draft) {
        Optional<Voluntary> what = action.reason().voluntary();
        if (what.isEmpty() || servesNobody(action, situation)) {
            return Verdict.PASS;
        }
        Instant forced = action.reason().forcedAt().orElse(Instant.MAX);
        return MaintenanceWindow.closedUntil(situation.spec().guards().windows(), what.get(), situation.now())
                .filter(opens -> opens.isBefore(forced))
                .<Verdict>map(opens -> new Verdict.Withhold(new Reason.OutsideWindow(what.get(), opens), opens))
                .orElse(Verdict.PASS);
    }

    /** Nobody notices when a node ends that serves nobody, or not yet; it only costs money to keep it. */
    private static boolean servesNobody(Action action, Situation situation) {
        return action.subject()
                .map(situation.standings()::get)
                .filter(node -> !node.inService())
                .isPresent();
    }
}
