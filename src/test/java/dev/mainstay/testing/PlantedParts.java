package dev.mainstay.testing;

import dev.mainstay.cloud.Cloud;
import dev.mainstay.cluster.Moment;
import dev.mainstay.journal.Journal;
import dev.mainstay.planning.Planner;
import dev.mainstay.simulation.soak.DaemonParts;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the daemon that the fault simulation runs in tests: the product's, with the mistake of {@code
 * -Dmainstay.planting=<name>} in them where there is one, or with a given one.
 */
public final class PlantedParts implements DaemonParts {
    private final @Nullable Planting planted;

    private PlantedParts(@Nullable Planting planted) {
        this.planted = planted;
    }

    public static PlantedParts underTest() {
        return new PlantedParts(Planting.active().orElse(null));
    }

    public static PlantedParts with(Planting mistake) {
        return new PlantedParts(mistake);
    }

    @Override
    public Planner planner() {
        return planted == null ? Planners.underTest() : Planners.with(planted);
    }

    @Override
    public Cloud cloud(Cloud cloud) {
        return planted == null ? cloud : planted.cloud(cloud);
    }

    @Override
    public Journal journal(Journal journal) {
        return planted == null ? journal : planted.journal(journal);
    }

    @Override
    public Supplier<Moment> clock(Supplier<Moment> clock) {
        return planted == null ? clock : planted.clock(clock);
    }
}
