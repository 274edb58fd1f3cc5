package dev.mainstay.perturbation;

import java.util.Locale;

/** What becomes of one call on the network. */
record BadAnswer(long call, Manner manner) {
    /** How it goes wrong. */
    enum Manner {
        /** It took effect, and its answer is lost. */
        LOST,
        /** It never arrived. */
        NEVER_SENT,
        /** It arrived twice; the first answer is heard. */
        TWICE,
        /** It took effect at once, and is answered ten minutes later. */
        LATE
    }

    @Override
    public String toString() {
        return "%s:%d".formatted(manner.name().toLowerCase(Locale.ROOT).replace('_', '-'), call);
    }
}
