package dev.mainstay.simulation.soak;

import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.sdk.Call;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A daemon that runs, and is not frozen, completes its passes, whatever it cannot read; and no plan contradicts its own checker. */
final class KeepsPassing implements Invariant {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Scene scene;
    private final Daemon daemon;
    private Duration last = Duration.ZERO;
    private Duration frozenThen = Duration.ZERO;

    KeepsPassing(Scene scene, Daemon daemon) {
        this.scene = scene;
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "passes complete";
    }

    @Override
    public @Nullable String after(Call call) {
        Duration since = last.compareTo(daemon.startedAt()) > 0 ? last : daemon.startedAt();
        Duration silent =
                scene.elapsed().minus(since).minus(scene.world().frozen().minus(frozenThen));
        return silent.compareTo(LONGEST) > 0 ? "no pass has completed for %s".formatted(silent) : null;
    }

    @Override
    public @Nullable String pass(Pass pass) {
        last = scene.elapsed();
        frozenThen = scene.world().frozen();
        for (Condition condition : pass.plan().conditions()) {
            if (condition.name() == ConditionName.PLAN_REFUSED) {
                return "a plan was refused: " + condition.reason();
            }
        }
        return null;
    }
}
