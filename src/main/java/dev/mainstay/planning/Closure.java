package dev.mainstay.planning;

import dev.mainstay.cluster.Labelled;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why a spot pool is closed to launches, and until when where that is known. */
public record Closure(Cause cause, @Nullable Instant until) {
    public enum Cause implements Labelled {
        /** A launch was refused there. */
        REFUSED,
        /** A node was lost or announced lost there. */
        LOST,
        /** Its price is above the limit, or came back under it too recently. */
        EXPENSIVE,
        /** Everyone in its zone is sick, and nobody elsewhere. */
        SICK_ZONE
    }
}
