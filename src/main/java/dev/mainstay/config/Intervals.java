package dev.mainstay.config;

import dev.mainstay.config.Findings.Place;
import java.time.Duration;

/** How often a cluster may be looked at. */
final class Intervals {
    /** Longer than this, and a two-minute interruption notice would pass unseen between two passes. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private Intervals() {}

    static Duration of(Span span, Place section) {
        Place at = section.below("interval");
        if (at.given() && span.value().compareTo(LONGEST) > 0) {
            at.refuse("is too long to supervise anything; needs 1s to 1h, such as 30s");
        }
        return span.value();
    }
}
