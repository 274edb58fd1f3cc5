package dev.mainstay.simulation.soak;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cloud.Cloud;
import dev.mainstay.cluster.Moment;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Planner;
import java.util.function.Supplier;

/**
 * The parts of which the simulated daemon is made. By default they are the product's own; whoever tests the simulation puts
 * a mistaken one in the place of one of them. Asked anew at every start of a daemon.
 */
public interface DaemonParts {
    /** The product, unchanged. */
    DaemonParts PRODUCTION = new DaemonParts() {};

    default Planner planner() {
        return new Planner(Catalog.shipped());
    }

    default Cloud cloud(Cloud cloud) {
        return cloud;
    }

    default Journal journal(Journal journal) {
        return journal;
    }

    default Supplier<Moment> clock(Supplier<Moment> clock) {
        return clock;
    }
}
