package dev.mainstay.perturbation;

import java.util.Locale;

/**
 * Something happens to a node right after a call of ours.
 *
 * @param call the number of the call
 * @param victim the place of the node among those that exist then, by age; of no matter where none is meant
 * @param served whether that node serves then
 */
record Stroke(long call, Deed deed, int victim, boolean served) {
    /** What happens. */
    enum Deed {
        /** EC2 announces that it takes a spot node back, and does. */
        INTERRUPT,
        /** Someone terminates it. */
        TERMINATE,
        /** Someone stops it; only on-demand nodes can be. */
        STOP,
        /** Someone takes it out of rotation. */
        DEREGISTER,
        /** Someone takes the cluster's tag off, to have it for himself. */
        UNTAG,
        /** Someone puts a node of his own into rotation, without any tag. */
        ADD
    }

    @Override
    public String toString() {
        return "%s:%d:%d".formatted(deed.name().toLowerCase(Locale.ROOT), call, victim);
    }
}
