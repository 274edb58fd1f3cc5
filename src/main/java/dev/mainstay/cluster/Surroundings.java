package dev.mainstay.cluster;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon finds around itself, looked up for every observation.
 *
 * @param self the instance on which it runs; null where that is none, or not known
 * @param pause what the file {@code PAUSE} beside the config says; null while there is none
 * @param endowedElsewhere when our other clusters of the account and region launched nodes with launch credits, of which
 *     AWS gives them together only so many; one for each node
 */
public record Surroundings(@Nullable NodeId self, @Nullable PauseFile pause, List<Instant> endowedElsewhere) {
    public static final Surroundings NONE = new Surroundings(null, null);

    public Surroundings {
        endowedElsewhere = List.copyOf(endowedElsewhere);
    }

    /** Of a cluster that shares its account and region with no other of ours. */
    public Surroundings(@Nullable NodeId self, @Nullable PauseFile pause) {
        this(self, pause, List.of());
    }

    /** The same, beside other clusters that had these launches with launch credits. */
    public Surroundings beside(List<Instant> launches) {
        return new Surroundings(self, pause, launches);
    }

    /**
     * The file {@code PAUSE}.
     *
     * @param since when it was last written
     * @param until until when it is meant; null: for as long as it is there
     */
    public record PauseFile(Instant since, @Nullable Instant until, String why) {
        public static final String NAME = "the file PAUSE";

        public boolean holds(Instant now) {
            return until == null || until.isAfter(now);
        }
    }
}
