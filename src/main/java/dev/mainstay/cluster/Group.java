package dev.mainstay.cluster;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An Auto Scaling group as AWS tells it.
 *
 * @param desired how many it wants; it launches and ends by itself what differs
 * @param suspended the names of its processes that someone has suspended, such as {@code Launch}
 * @param rivals who else acts on its nodes, in words: its own ELB health checks, or a controller that has left its tag
 * @param acts what it is doing just now, in words; empty: nothing
 * @param refused whether its last launch failed
 */
public record Group(
        GroupName name,
        int min,
        int max,
        int desired,
        SortedSet<String> suspended,
        List<String> rivals,
        List<String> acts,
        boolean refused,
        SortedMap<NodeId, Lifecycle> members) {

    /** Where an instance stands in its group; {@code UNKNOWN} for a state that AWS adds after us. */
    public enum Lifecycle implements Labelled {
        PENDING,
        /** A hook holds it before it serves. */
        PENDING_WAIT,
        IN_SERVICE,
        STANDBY,
        TERMINATING,
        /** A hook holds it before it ends. */
        TERMINATING_WAIT,
        UNKNOWN;

        /** Whether the group takes it away. */
        public boolean ends() {
            return this == TERMINATING || this == TERMINATING_WAIT;
        }
    }

    public Group {
        suspended = Collections.unmodifiableSortedSet(new TreeSet<>(suspended));
        rivals = List.copyOf(rivals);
        acts = List.copyOf(acts);
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** Whether it does not launch what is missing, as someone wished. */
    public boolean launchSuspended() {
        return suspended.contains("Launch");
    }
}
