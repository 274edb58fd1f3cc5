package dev.mainstay.perturbation;

import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.testing.Rehearsal;

/** What disturbs a play, between the daemon and AWS, and between the daemon and its journal. */
interface Interference extends CallBoundary {
    /** Disturbs nothing. */
    Interference NONE = new Interference() {};

    /** Told before anything happens. */
    default void attach(Rehearsal cluster) {}

    /** A pass has ended. */
    default void passed(Pass pass) {}

    /** Something is about to be stored. */
    default void beforeStore() {}

    /** Something was stored. */
    default void afterStore() {}

    /** The journal as the daemon sees it. */
    default Journal around(Journal journal) {
        return new WatchedJournal(journal, this);
    }
}
