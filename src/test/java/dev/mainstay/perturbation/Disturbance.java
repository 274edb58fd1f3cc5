package dev.mainstay.perturbation;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One way to disturb a scenario.
 *
 * @param name by which it is replayed
 * @param writes whether it is about a write
 * @param delay for how long it may hold things up by itself
 * @param interference makes what disturbs one play
 * @param judgement what must be so in the end
 */
record Disturbance(
        String name, boolean writes, Duration delay, Supplier<Interference> interference, Judgement judgement) {
    /** It ends with the same cluster, for which the same was done. */
    Disturbance(String name, boolean writes, Duration delay, Supplier<Interference> interference) {
        this(name, writes, delay, interference, new Judgement.SameEnd());
    }

    /** How a disturbed play is held to the undisturbed one. */
    sealed interface Judgement {
        /** The same nodes, and as many launched and ended for it. */
        record SameEnd() implements Judgement {}

        /**
         * As many nodes of each market and type serve; what had to be done for it is another matter.
         *
         * @param missing for how long nodes may be missing in service meanwhile, each counted; null: that does not matter
         */
        record SameShape(@Nullable Duration missing) implements Judgement {}
    }
}
