package dev.mainstay.reconcile;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.Labelled;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something worth a line: an AWS write, a node's change of phase, or a condition that begins or ends.
 *
 * @param subject a node's id, a condition's name, or what was asked of AWS
 * @param text what happened and why, in words
 * @param alarming whether a condition begins
 */
public record Event(Instant at, ClusterName cluster, Kind kind, String subject, String text, boolean alarming) {
    /** What happened. */
    public enum Kind implements Labelled {
        WRITE,
        PHASE,
        CONDITION,
        /** Not in the event log of a simulation: a wish that a guard holds back changes nothing. */
        HELD
    }

    /** One line of the event log; times to the second, in UTC. */
    public String line() {
        return "%s %s %-9s %s: %s".formatted(at.truncatedTo(ChronoUnit.SECONDS), cluster, kind.label(), subject, text);
    }
}
