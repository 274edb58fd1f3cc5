package dev.mainstay.simulation;

import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is due in {@link VirtualTime}, in order, and the clock that moves on as turns are taken. Thread-safe; at most one
 * thread, the holder of the baton, takes turns.
 */
final class TurnQueue {
    static final long FOREVER = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Pacer pacer;
    private long lastSequence;
    private volatile long elapsedNanos;
    private long tasksFrozenUntil;
    private boolean stopping;
    private boolean closed;
    /** The driver's own turn, with which the run ends; null: no run is on. */
    private Turn.@Nullable Sleep end;

    TurnQueue(Pacer pacer) {
        this.pacer = pacer;
    }

    /** The time of the last turn taken. */
    long elapsedNanos() {
        return elapsedNanos;
    }

    /** Time as outsiders of a paced run see it: it flows from the last turn to the next. */
    long flowingNanos() {
        lock.lock();
        try {
            Turn next = end == null ? null : turns.peek();
            return next == null
                    ? elapsedNanos
                    : Math.max(elapsedNanos, Math.min(pacer.virtualNanos(elapsedNanos), next.dueNanos));
        } finally {
            lock.unlock();
        }
    }

    /** Queues a turn behind all that are due at its time. What is due in the past is due now. */
    void add(Turn turn, boolean byHolder) {
        lock.lock();
        try {
            // A task that runs on after the close must still find its way to its end.
            if (!closed || turn instanceof Turn.Sleep) {
                turn.dueNanos = Math.max(turn.dueNanos, byHolder ? elapsedNanos : flowingNanos());
                turn.sequence = ++lastSequence;
                turns.add(turn);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean withdraw(VirtualTask task) {
        lock.lock();
        try {
            return turns.removeIf(turn -> turn instanceof Turn.Fresh fresh && fresh.task == task);
        } finally {
            lock.unlock();
        }
    }

    /** Begins a run that ends with this turn, after all that is due by then; false: closed, there is nothing to run. */
    boolean begin(Turn.Sleep driver) {
        lock.lock();
        try {
            if (end != null) {
                throw new IllegalStateException("this virtual time is already running");
            }
            if (closed) {
                return false;
            }
            stopping = false;
            driver.dueNanos = Math.max(driver.dueNanos, elapsedNanos);
            driver.sequence = Long.MAX_VALUE;
            turns.add(driver);
            end = driver;
            pacer.anchor(elapsedNanos);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The driver has the baton back. */
    void finish() {
        lock.lock();
        try {
            end = null;
            if (closed) {
                abandonTasks();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Until then no task gets a turn; its turn comes then. */
    void freezeTasks(long untilNanos) {
        lock.lock();
        try {
            tasksFrozenUntil = untilNanos;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            stop();
            if (end == null) {
                abandonTasks();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits as the pace demands, moves the clock on, and takes the next turn. */
    Turn take() {
        lock.lock();
        try {
            Turn.Sleep last = Objects.requireNonNull(end, "a turn is taken only during a run");
            while (!stopping) {
                Turn next = turns.element();
                if (next instanceof Turn.Taker && next != last && next.dueNanos < tasksFrozenUntil) {
                    turns.remove();
                    next.dueNanos = tasksFrozenUntil;
                    turns.add(next);
                    continue;
                }
                long wait = next.dueNanos == FOREVER ? FOREVER : pacer.realNanosUntil(next.dueNanos);
                if (wait <= 0) {
                    turns.remove();
                    elapsedNanos = Math.max(elapsedNanos, next.dueNanos);
                    return next;
                }
                var _ = changed.awaitNanos(wait);
            }
            return end(last);
        } catch (InterruptedException _) {
            // Someone wants the program to end: the run does.
            Turn.Sleep last = Objects.requireNonNull(end);
            stopping = true;
            if (last.thread.equals(Thread.currentThread())) {
                last.thread.interrupt();
            }
            return end(last);
        } finally {
            lock.unlock();
        }
    }

    private Turn end(Turn.Sleep last) {
        turns.remove(last);
        return last;
    }

    private void abandonTasks() {
        for (Turn turn : turns) {
            if (turn instanceof Turn.Sleep sleep) {
                sleep.abandoned = true;
                sleep.ready = true;
                LockSupport.unpark(sleep.thread);
            }
        }
        turns.clear();
    }
}
