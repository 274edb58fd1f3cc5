package dev.mainstay.simulation.soak;

import dev.mainstay.planning.Action;
import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Standing;
import dev.mainstay.planning.Withheld;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gap is filled in the pass in which it is seen, or in the next where a canary just made room: no budget holds that back,
 * only guards and refusals, which are told.
 */
final class FillsGaps implements Invariant {
    private static final Set<GuardName> BUDGETS =
            Set.of(GuardName.HEAL_BUDGET, GuardName.RETURN_BUDGET, GuardName.DISRUPTION_BUDGET);

    private int passesMissing;

    @Override
    public String name() {
        return "gaps are filled at once";
    }

    @Override
    public @Nullable String pass(Pass pass) {
        int before = passesMissing;
        passesMissing = 0;
        boolean held = false;
        for (Withheld withheld : pass.plan().withheld()) {
            if (withheld.action() instanceof Action.Launch launch
                    && !launch.returning()
                    && BUDGETS.contains(withheld.guard())) {
                return "a launch that fills a gap is held back: " + withheld;
            }
            held |= withheld.action().kind() == ActionKind.LAUNCH;
        }
        if (held || !pass.observation().sees()) {
            return null;
        }
        int counted = 0;
        for (Standing node : pass.plan().nodes()) {
            counted += node.counted() ? 1 : 0;
        }
        int desired = pass.spec().capacity().desired();
        if (counted >= desired) {
            return null;
        }
        int launched = pass.plan().actions().stream()
                .mapToInt(action -> action instanceof Action.Launch launch ? launch.count() : 0)
                .sum();
        int open = pass.memory().intents().values().stream()
                .mapToInt(pass.memory()::unseen)
                .sum();
        boolean refused = pass.memory().pools().values().stream()
                .anyMatch(pool -> !pool.onDemandOpen(pass.plan().at()));
        int missing = desired - counted - launched - open;
        passesMissing = missing > 0 && !refused ? before + 1 : 0;
        return passesMissing > 1 ? "%d are missing, and nothing is launched".formatted(missing) : null;
    }
}
