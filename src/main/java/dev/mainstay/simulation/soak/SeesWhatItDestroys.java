package dev.mainstay.simulation.soak;

import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import org.jspecify.annotations.Nullable;

/** Nothing is destroyed in a pass in which something vital was not read. */
final class SeesWhatItDestroys implements Invariant {
    @Override
    public String name() {
        return "nothing destroyed while blind";
    }

    @Override
    public @Nullable String pass(Pass pass) {
        if (pass.observation().sees()) {
            return null;
        }
        for (Outcome outcome : pass.outcomes()) {
            if (outcome.action().kind().destructive() && !(outcome.result() instanceof Outcome.Result.Dropped)) {
                return "destroyed while blind: " + outcome.action();
            }
        }
        return null;
    }
}
