package dev.mainstay.simulation;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * What will happen in the world by itself, and the world's clock. Nothing here runs until someone looks: then all that has
 * become due happens, in order of time, ties in the order in which it was planned.
 *
 * <p>Times are since the start of the world. Not thread-safe.
 */
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private Duration now = Duration.ZERO;
    private long lastSequence;

    /** The world's time: of the call that is being answered, or of the event that is happening. */
    Duration now() {
        return now;
    }

    void at(Duration due, Runnable event) {
        entries.add(new Entry(due.compareTo(now) < 0 ? now : due, ++lastSequence, event));
    }

    void after(Duration delay, Runnable event) {
        at(now.plus(delay), event);
    }

    void advanceTo(Duration time) {
        Entry next = entries.peek();
        while (next != null && next.due().compareTo(time) <= 0) {
            entries.remove();
            now = next.due();
            next.event().run();
            next = entries.peek();
        }
        if (time.compareTo(now) > 0) {
            now = time;
        }
    }

    private record Entry(Duration due, long sequence, Runnable event) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
