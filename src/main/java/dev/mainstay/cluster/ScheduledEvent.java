package dev.mainstay.cluster;

import java.time.Instant;

/**
 * What AWS has announced to do with an instance. Source: EC2 User Guide, "Scheduled events for your instances".
 *
 * @param notBefore the earliest time at which AWS does it
 * @param description AWS's words; those of an event that is over begin with {@code [Completed]} or {@code [Canceled]}
 */
public record ScheduledEvent(Kind kind, Instant notBefore, String description) {

    /** The event codes of DescribeInstanceStatus, and {@code UNKNOWN} for one that AWS adds after us. */
    public enum Kind implements Labelled {
        INSTANCE_STOP,
        INSTANCE_RETIREMENT,
        INSTANCE_REBOOT,
        SYSTEM_REBOOT,
        SYSTEM_MAINTENANCE,
        UNKNOWN
    }
}
