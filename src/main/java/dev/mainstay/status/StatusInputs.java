package dev.mainstay.status;

import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.PublishedPasses;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What this room is given by whoever starts the daemon.
 *
 * @param mode what the config sets for all clusters
 * @param clock the daemon's wall clock, or the simulation's
 */
public record StatusInputs(
        PublishedPasses passes, Supplier<Mode> mode, InstantSource clock, Banner banner, CreditCeiling ceiling) {}
