package dev.mainstay.perturbation;

/**
 * The daemon dies at one edge of one call.
 *
 * @param call its number, from 1
 */
record Crash(long call, Edge edge) {
    /** Where in the call. */
    enum Edge {
        /** Nothing was sent. */
        BEFORE_SENT,
        /** The call took effect, and nobody heard. */
        AFTER_SENT,
        /** The answer came, and nothing was done with it: no further call, nothing stored. */
        AFTER_ANSWER,
        /** What is stored next was stored. */
        AFTER_JOURNAL
    }

    @Override
    public String toString() {
        return "crash:%d:%s"
                .formatted(call, edge.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }
}
