package dev.mainstay.simulation;

import dev.mainstay.cluster.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.LockSupport;
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
 * <p>The only reader of real time in the simulation.
 *
 * <p>A failure in a task or event goes to the failure handler given at construction. What that handler throws ends the
 * run, and {@link #run} throws it.
 */
public final class VirtualTime implements AutoCloseable {
    private final Instant start;
    private final Consumer<Throwable> failures;
    private final TaskScheduler scheduler = new VirtualScheduler(this);
    private final TurnQueue turns;

    private volatile Duration wallStep = Duration.ZERO;
    private volatile Duration slept = Duration.ZERO;
    private volatile @Nullable Thread holder;
    private boolean inEvent;
    private @Nullable Throwable fatal;

    /** A kernel that runs at full speed, and whose runs end with the first failure and throw it. */
    public VirtualTime(Instant start) {
        this(start, Pace.MAX, VirtualTime::rethrow);
    }

    /** @param failures gets what tasks and events throw, with the baton; what it throws itself ends the run */
    public VirtualTime(Instant start, Pace pace, Consumer<Throwable> failures) {
        this.start = start;
        this.turns = new TurnQueue(new Pacer(pace, System::nanoTime));
        this.failures = failures;
    }

    /** The wall clock's reading at the start. */
    public Instant start() {
        return start;
    }

    /** The time as the supervisor reads it. */
    public Moment now() {
        Duration elapsed = elapsed();
        return new Moment(start.plus(elapsed).plus(wallStep), elapsed.minus(slept));
    }

    /**
     * Virtual time since the start. To outsiders of a paced run it flows; to the holder of the baton it stands still
     * between two waits.
     */
    public Duration elapsed() {
        Thread holding = holder;
        boolean stands = holding == null || holding.equals(Thread.currentThread());
        return Duration.ofNanos(stands ? turns.elapsedNanos() : turns.flowingNanos());
    }

    /** Sets the wall clock forward or back, as a careless operator or a time daemon would; uptime knows nothing of it. */
    public void stepWall(Duration by) {
        wallStep = wallStep.plus(by);
    }

    /**
     * The process of all tasks stands still for so long: neither the caller nor any other task runs, while world events go
     * on. Where no run is on, that is a run of that length.
     *
     * @param asleep the machine sleeps, so that uptime stands still too; the wall clock is right again afterwards
     */
    public void freeze(Duration length, boolean asleep) {
        turns.freezeTasks(elapsed().plus(length).toNanos());
        if (asleep) {
            slept = slept.plus(length);
        }
        sleep(length);
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
        Turn.Sleep wake = new Turn.Sleep(turns.elapsedNanos() + length.toNanos(), me);
        turns.add(wake, true);
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
        drive(TurnQueue.FOREVER);
    }

    /** Ends the run at the next hand-over. What waits keeps its place and goes on with the next run. */
    public void stop() {
        turns.stop();
    }

    /** Ends the run, drops what is queued, and unwinds the tasks that sleep, without a word to the failure handler. Later runs do nothing. */
    @Override
    public void close() {
        turns.close();
    }

    ScheduledFuture<?> submit(Runnable body, Instant wall) {
        Moment now = now();
        long due = elapsed().plus(Duration.between(now.wall(), wall)).toNanos();
        VirtualTask task = new VirtualTask(this, body, due);
        enqueue(new Turn.Fresh(due, task));
        return task;
    }

    boolean withdraw(VirtualTask task) {
        return turns.withdraw(task);
    }

    private void enqueue(Turn turn) {
        turns.add(turn, Thread.currentThread().equals(holder));
    }

    private void drive(long untilNanos) {
        Thread me = Thread.currentThread();
        Turn.Sleep mine = new Turn.Sleep(untilNanos, me);
        if (!turns.begin(mine)) {
            return;
        }
        holder = me;
        passBatonAndWait(mine);
        Throwable failure = fatal;
        fatal = null;
        holder = null;
        turns.finish();
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
                if (!Thread.currentThread().equals(holder)) {
                    // Abandoned, and its clean-up failed: there is no run to go on with.
                    return;
                }
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
            switch (turns.take()) {
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

    private void report(Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable unhandled) {
            fatal = fatal == null ? unhandled : fatal;
            turns.stop();
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
