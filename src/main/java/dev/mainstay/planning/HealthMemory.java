package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a node fared at the load balancer and at EC2's status checks.
 *
 * @param firstHealthy when it was first healthy everywhere; null: never yet
 * @param healthySince since when it has been healthy without a break
 * @param sickSince since when it has been sick; an illness ends only after the node was well for a while
 * @param timesSick in how many observations in a row it was seen sick
 * @param cause what the last observation that found it sick said
 * @param turns when it turned from healthy to sick of late
 */
public record HealthMemory(
        @Nullable Instant firstHealthy,
        @Nullable Instant healthySince,
        @Nullable Instant sickSince,
        int timesSick,
        @Nullable Reason cause,
        List<Instant> turns) {

    /** The window in which turns from healthy to sick are counted. */
    public static final Duration FLAP_WINDOW = Duration.ofHours(1);

    public static final HealthMemory NONE = new HealthMemory(null, null, null, 0, null, List.of());

    public HealthMemory {
        turns = List.copyOf(turns);
    }

    public boolean sick() {
        return sickSince != null;
    }

    /** Its turns from healthy to sick within the window, oldest first. */
    public List<Instant> turnsUntil(Instant now) {
        return turns.stream()
                .filter(turn -> turn.plus(FLAP_WINDOW).isAfter(now))
                .toList();
    }

    /**
     * Seen sick: the illness begins or goes on.
     *
     * @param remembered how many turns are remembered; 0 where this one is not to be counted
     */
    HealthMemory seenSick(Instant now, Reason why, int remembered) {
        List<Instant> recent = turnsUntil(now);
        if (healthySince != null && remembered > 0) {
            recent = Stream.concat(recent.stream(), Stream.of(now)).toList();
            recent = recent.subList(Math.max(0, recent.size() - remembered), recent.size());
        }
        return new HealthMemory(firstHealthy, null, sickSince == null ? now : sickSince, timesSick + 1, why, recent);
    }

    /** Seen healthy everywhere: an illness is forgotten once that has held for {@code healthyFor}. */
    HealthMemory seenHealthy(Instant now, Duration healthyFor) {
        Instant first = firstHealthy == null ? now : firstHealthy;
        Instant since = healthySince == null ? now : healthySince;
        // What a node showed before it was ever healthy was its start, and no illness.
        boolean recovered = firstHealthy == null || !since.plus(healthyFor).isAfter(now);
        return recovered
                ? new HealthMemory(first, since, null, 0, null, turnsUntil(now))
                : new HealthMemory(first, since, sickSince, timesSick, cause, turnsUntil(now));
    }

    /** Neither: what is not the node's fault starts an illness anew, so that only unbroken ones are counted. */
    HealthMemory seenNeither() {
        return new HealthMemory(firstHealthy, null, null, 0, null, turns);
    }

    /** The time that nobody watched does not count against the node. */
    HealthMemory restarted(Instant now) {
        return new HealthMemory(firstHealthy, healthySince, sick() ? now : null, 0, sick() ? cause : null, List.of());
    }
}
