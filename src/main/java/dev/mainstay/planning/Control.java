package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;

/** What a person tells a running daemon about one cluster. It is remembered like anything else, and survives a restart. */
public sealed interface Control {

    /** Write nothing at all until then. A second one takes the place of the first. */
    record Pause(Instant until, String who, String why) implements Control {}

    /** The pause is over; one by the file {@code PAUSE} ends with the file. */
    record Resume(String who) implements Control {}

    /** A deploy begins: nodes may look sick for a while. No longer than {@link Holds#LONGEST_DEPLOY}. */
    record DeployHold(Duration length, String who, String why) implements Control {}

    /** Whoever else seemed to supervise the cluster does not: its nodes are ours. */
    record Retry(String who) implements Control {}

    /** The deploy is over. */
    record EndDeployHold(String who) implements Control {}
}
