package dev.mainstay.cluster;

import java.util.List;

/** What EC2 says of a running instance beside its state: its status checks, and what is announced to be done with it. */
public record InstanceStatus(StatusCheck check, List<ScheduledEvent> events) {
    /** Nothing was said. */
    public static final InstanceStatus UNKNOWN = new InstanceStatus(StatusCheck.UNKNOWN, List.of());

    public InstanceStatus {
        events = List.copyOf(events);
    }
}
