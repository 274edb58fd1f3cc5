package dev.mainstay.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people asked us to hold back, each with an end: forgotten holds must not last for ever.
 *
 * @param pause nothing at all is written
 * @param deploy no node is given up for its health and nothing follows the market while a deploy runs
 */
public record Holds(@Nullable Hold pause, @Nullable Hold deploy) {
    public static final Holds NONE = new Holds(null, null);

    /** One hold: who asked for it, why, and until when. */
    public record Hold(Instant since, Instant until, String who, String why) {}
}
