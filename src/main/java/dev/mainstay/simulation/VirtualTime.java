package dev.mainstay.simulation;

import dev.mainstay.cluster.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/**
 * The time kernel: a clock, a queue of what is due, and one baton.
 *
 * <p>Each task runs on a virtual thread, but only the holder of the baton runs. A task that waits ({@link #sleep}) or
 * ends hands the baton to whoever is due earliest, ties in the order in which they were queued. One run therefore has one
 * order, at every {@link Pace}. World events ({@link #at}) run on the holder's thread, in their turn, and must not sleep.
 *
 * <p>{@link #run} lends the calling thread's baton to the tasks until a virtual time. Where no run is on, the calling
 * thread itself may sleep, which is a run of that length.
 *
 * <p>Thread-safe in this sense: {@link #now}, {@link #elapsed}, scheduling, cancelling, {@link #stop} and {@link #close}
 * may be called from any thread; what outsiders queue during a run takes its turn like all else.
 *
 * <p>A failure in a task or event goes to the failure handler given at construction. What that handler throws ends the
 * run, and {@link #run} throws it.
 */
public final class VirtualTime implements AutoCloseable {
    private static final long FOREVER = Long.MAX_VALUE;

    private final Instant start;
    private final Consumer<Throwable> failures;
    private final TaskScheduler scheduler = new VirtualScheduler(this);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Turn> queue = new PriorityQueue<>();
    private final Pacer pacer;
    private long lastSequence;

    private volatile long elapsedNanos;
    private volatile Duration wallStep = Duration.ZERO;
    private volatile @Nullable Thread holder;
    private volatile boolean stopping;
    private volatile boolean closed;
    private boolean inEvent;
    private Turn.@Nullable Sleep end;
    private @Nullable Throwable fatal;

    /** A kernel that runs at full speed, and whose runs end with the first failure and throw it. */
    public VirtualTime(Instant start) {
        this(start, Pace.MAX, VirtualTime::rethrow);
    }

    /** @param failures gets what tasks and events throw, with the baton; what it throws itself ends the run */
    public VirtualTime(Instant start, Pace pace, Consumer<Throwable> failures) {
        this.start = start;
        this.pacer = new Pacer(pace);
        this.failures = failures;
    }

    /** The wall clock's reading at the start. */
    public Instant start() {
        return start;
    }

    /** The time as the supervisor reads it. */
    public Moment now() {
        Duration elapsed = elapsed();
        return new Moment(start.plus(elapsed).plus(wallStep), elapsed);
    }

    /**
     * Virtual time since the start. To outsiders of a paced run it flows; to the holder of the baton it stands still
     * between two waits.
     */
    public Duration elapsed() {
        return Duration.ofNanos(nanos());
    }

    /** Sets the wall clock forward or back, as a careless operator or a time daemon would; uptime knows nothing of it. */
    public void stepWall(Duration by) {
        wallStep = wallStep.plus(by);
    }

    public TaskScheduler scheduler() {
        return scheduler;
    }

    /** Runs a world event once so much time has passed since the start; at once, in its turn, if that is past. */
    public void at(Duration sinceStart, Runnable event) {
        enqueue(new Turn.Event(sinceStart.toNanos(), event));
    }

    /** Waits in virtual time. The baton goes to whoever is due first; where that is the caller, no thread is switched. */
    public void sleep(Duration length) {
        Thread me = Thread.currentThread();
        Thread holding = holder;
        if (holding == null) {
            run(elapsed().plus(length));
            return;
        }
        if (!holding.equals(me) || inEvent) {
            throw new IllegalStateException("only a task of this virtual time may sleep in it while it runs");
        }
        Turn.Sleep wake = new Turn.Sleep(elapsedNanos + length.toNanos(), me);
        enqueue(wake);
        passBatonAndWait(wake);
        if (wake.abandoned) {
            throw new Abandoned();
        }
    }

    /** Drives from the calling thread until so much time has passed since the start, what is due then included. */
    public void run(Duration untilSinceStart) {
        drive(untilSinceStart.toNanos());
    }

    /** Drives from the calling thread until {@link #stop}, {@link #close} or an interrupt. */
    public void runForever() {
        drive(FOREVER);
    }

    /** Ends the run at the next hand-over. What waits keeps its place and goes on with the next run. */
    public void stop() {
        locked(() -> {
            stopping = true;
            changed.signalAll();
        });
    }

    /** Ends the run, drops what is queued, and unwinds the tasks that sleep, without a word to the failure handler. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            stopping = true;
            changed.signalAll();
            if (holder == null) {
                abandonTasks();
            }
        });
    }

    ScheduledFuture<?> submit(Runnable body, Instant wall) {
        Moment now = now();
        long due = now.uptime().plus(Duration.between(now.wall(), wall)).toNanos();
        VirtualTask task = new VirtualTask(this, body, due);
        enqueue(new Turn.Fresh(due, task));
        return task;
    }

    boolean withdraw(VirtualTask task) {
        lock.lock();
        try {
            return queue.removeIf(turn -> turn instanceof Turn.Fresh fresh && fresh.task == task);
        } finally {
            lock.unlock();
        }
    }

    private long nanos() {
        Thread holding = holder;
        if (holding == null || holding.equals(Thread.currentThread())) {
            return elapsedNanos;
        }
        lock.lock();
        try {
            Turn next = queue.peek();
            long bound = next == null ? elapsedNanos : next.dueNanos;
            return Math.max(elapsedNanos, Math.min(pacer.virtualNanos(elapsedNanos), bound));
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Turn turn) {
        lock.lock();
        try {
            if (closed && !(turn instanceof Turn.Sleep)) {
                return;
            }
            // What is due in the past is due now; to an outsider of a paced run, now has moved on since the last turn.
            turn.dueNanos = Math.max(turn.dueNanos, nanos());
            turn.sequence = ++lastSequence;
            queue.add(turn);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void drive(long untilNanos) {
        Thread me = Thread.currentThread();
        Turn.Sleep mine = new Turn.Sleep(untilNanos, me);
        lock.lock();
        try {
            if (holder != null || closed) {
                throw new IllegalStateException(closed ? "this virtual time is closed" : "it is already running");
            }
            holder = me;
            stopping = false;
            // Last of all that is due at that moment, however late it was queued.
            mine.dueNanos = Math.max(untilNanos, elapsedNanos);
            mine.sequence = Long.MAX_VALUE;
            queue.add(mine);
            end = mine;
            pacer.anchor(elapsedNanos);
        } finally {
            lock.unlock();
        }
        passBatonAndWait(mine);
        Throwable failure;
        lock.lock();
        try {
            holder = null;
            end = null;
            failure = fatal;
            fatal = null;
            if (closed) {
                abandonTasks();
            }
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            rethrow(failure);
        }
    }

    /** Hands the baton on; returns when it is this turn's again. */
    private void passBatonAndWait(Turn.Sleep mine) {
        Turn.Taker next = afterEvents();
        if (next == mine) {
            return;
        }
        switch (next) {
            case Turn.Fresh fresh -> {
                Thread worker = Thread.ofVirtual().name("virtual-time").unstarted(() -> work(fresh.task));
                holder = worker;
                worker.start();
            }
            case Turn.Sleep sleep -> wake(sleep);
        }
        boolean interrupted = false;
        while (!mine.ready) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The life of one thread: a task, and where the next turn is a fresh task, that one too, to spare a switch. */
    private void work(VirtualTask first) {
        VirtualTask task = first;
        while (true) {
            try {
                task.run();
            } catch (Abandoned _) {
                return;
            } catch (Throwable failure) {
                report(failure);
            }
            switch (afterEvents()) {
                case Turn.Fresh fresh -> task = fresh.task;
                case Turn.Sleep sleep -> {
                    wake(sleep);
                    return;
                }
            }
        }
    }

    /** Runs the events whose turn it is, and takes the first turn that is none. */
    private Turn.Taker afterEvents() {
        while (true) {
            switch (take()) {
                case Turn.Taker taker -> {
                    return taker;
                }
                case Turn.Event event -> run(event);
            }
        }
    }

    private void run(Turn.Event event) {
        inEvent = true;
        try {
            event.body.run();
        } catch (Throwable failure) {
            report(failure);
        } finally {
            inEvent = false;
        }
    }

    private void wake(Turn.Sleep sleep) {
        holder = sleep.thread;
        sleep.ready = true;
        LockSupport.unpark(sleep.thread);
    }

    /** Waits as the pace demands, moves the clock on, and takes the next turn off the queue. */
    private Turn take() {
        lock.lock();
        try {
            while (true) {
                Turn.Sleep last = end;
                if (stopping && last != null) {
                    queue.remove(last);
                    return last;
                }
                Turn next = queue.element();
                long wait = next.dueNanos == FOREVER ? FOREVER : pacer.realNanosUntil(next.dueNanos);
                if (wait <= 0) {
                    queue.remove();
                    elapsedNanos = Math.max(elapsedNanos, next.dueNanos);
                    return next;
                }
                changed.awaitNanos(wait);
            }
        } catch (InterruptedException _) {
            // Someone wants the program to end: the run does.
            stopping = true;
            Turn.Sleep last = Objects.requireNonNull(end, "a turn is taken only during a run");
            queue.remove(last);
            if (last.thread.equals(Thread.currentThread())) {
                last.thread.interrupt();
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    private void report(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable unhandled) {
            locked(() -> {
                fatal = fatal == null ? unhandled : fatal;
                stopping = true;
            });
        }
    }

    private void abandonTasks() {
        for (Turn turn : queue) {
            if (turn instanceof Turn.Sleep sleep) {
                sleep.abandoned = true;
                sleep.ready = true;
                LockSupport.unpark(sleep.thread);
            }
        }
        queue.clear();
    }

    private void locked(Runnable section) {
        lock.lock();
        try {
            section.run();
        } finally {
            lock.unlock();
        }
    }

    private static void rethrow(Throwable failure) {
        switch (failure) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** Unwinds a task whose time was closed. Has no trace: nobody reads it. */
    private static final class Abandoned extends Error {
        Abandoned() {
            super("virtual time was closed", null, false, false);
        }
    }
}
