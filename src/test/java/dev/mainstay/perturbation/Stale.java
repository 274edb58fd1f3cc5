package dev.mainstay.perturbation;

import java.util.Locale;

/**
 * A read is answered with what was true some passes ago.
 *
 * @param call the number of the read
 * @param passes how old the answer is, or for how long it goes on
 */
record Stale(long call, Manner manner, int passes) {
    /** How it is stale. */
    enum Manner {
        /** This one call is answered as the same request was so many passes ago. */
        TRAVEL,
        /** From this call on the same request is answered for so many passes as it was before. */
        FREEZE
    }

    @Override
    public String toString() {
        return "%s:%d:%d".formatted(manner.name().toLowerCase(Locale.ROOT), call, passes);
    }
}
