package dev.mainstay.simulation.soak;

import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.sdk.Call;
import org.jspecify.annotations.Nullable;

/**
 * What must hold whatever fails, judged after every simulated call by the world, the calls and the journal, and not by what
 * the daemon says of itself. One for each trial: it may remember what it saw.
 */
interface Invariant {
    /** Its number in the list of what must hold, or a word. */
    String name();

    /** A call is about to be sent: what is wrong with that; null: nothing. */
    default @Nullable String before(Call call) {
        return null;
    }

    /** A call has taken effect or was refused: what is wrong now; null: nothing. */
    default @Nullable String after(Call call) {
        return null;
    }

    /** A pass was published: what is wrong with it; null: nothing. */
    default @Nullable String pass(Pass pass) {
        return null;
    }
}
