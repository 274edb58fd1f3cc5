package dev.mainstay.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon finds around itself, looked up for every observation.
 *
 * @param self the instance on which it runs; null where that is none, or not known
 * @param pause what the file {@code PAUSE} beside the config says; null while there is none
 */
public record Surroundings(@Nullable NodeId self, @Nullable PauseFile pause) {
    public static final Surroundings NONE = new Surroundings(null, null);

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
