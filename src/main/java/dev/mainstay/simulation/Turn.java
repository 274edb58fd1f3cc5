package dev.mainstay.simulation;

/** One entry in the queue of {@link VirtualTime}: what is due, when, and in which order among equals. */
abstract sealed class Turn implements Comparable<Turn> {
    long dueNanos;
    long sequence;

    private Turn(long dueNanos) {
        this.dueNanos = dueNanos;
    }

    @Override
    public int compareTo(Turn other) {
        int byTime = Long.compare(dueNanos, other.dueNanos);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    /** Something that happens in the world; runs on whichever thread holds the baton. */
    static final class Event extends Turn {
        final Runnable body;

        Event(long dueNanos, Runnable body) {
            super(dueNanos);
            this.body = body;
        }
    }

    /** Takes the baton: only one of these runs. */
    abstract static sealed class Taker extends Turn {
        private Taker(long dueNanos) {
            super(dueNanos);
        }
    }

    /** A task that has not begun. */
    static final class Fresh extends Taker {
        final VirtualTask task;

        Fresh(long dueNanos, VirtualTask task) {
            super(dueNanos);
            this.task = task;
        }
    }

    /** A thread that waits for the baton: a task in its sleep, or the driver for the end of its run. */
    static final class Sleep extends Taker {
        final Thread thread;
        volatile boolean ready;
        /** Set, before {@code ready}, where time was closed and the sleeper must unwind. */
        volatile boolean abandoned;

        Sleep(long dueNanos, Thread thread) {
            super(dueNanos);
            this.thread = thread;
        }
    }
}
