package dev.mainstay.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What AWS has announced to do with an instance. Source: EC2 User Guide, "Scheduled events for your instances".
 *
 * @param notBefore the earliest time at which AWS does it; null where AWS names none
 * @param description AWS's words; those of an event that is over begin with {@code [Completed]} or {@code [Canceled]}
 */
public record ScheduledEvent(Kind kind, @Nullable Instant notBefore, String description) {

    /** The event codes of DescribeInstanceStatus, and {@code UNKNOWN} for one that AWS adds after us. */
    public enum Kind implements Labelled {
        INSTANCE_STOP,
        INSTANCE_RETIREMENT,
        INSTANCE_REBOOT,
        SYSTEM_REBOOT,
        SYSTEM_MAINTENANCE,
        UNKNOWN
    }

    /** Whether the instance will not run on after it. AWS lists an event for up to a week after it is over. */
    public boolean endsTheInstance() {
        boolean over = description.startsWith("[Completed]") || description.startsWith("[Canceled]");
        return switch (kind) {
            case INSTANCE_STOP, INSTANCE_RETIREMENT -> !over;
            case INSTANCE_REBOOT, SYSTEM_REBOOT, SYSTEM_MAINTENANCE, UNKNOWN -> false;
        };
    }
}
