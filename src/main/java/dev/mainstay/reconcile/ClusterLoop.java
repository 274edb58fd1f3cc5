package dev.mainstay.reconcile;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Moment;
import dev.mainstay.planning.Control;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;

/**
 * One cluster's loop. It schedules its own next pass when a pass has ended, so passes never overlap and no cluster waits
 * for another. No pass fails the loop. Others may wake it, stop it and give it another spec at any time: what they ask for
 * is taken up between two passes. Thread-safe.
 */
public final class ClusterLoop {
    private static final Set<FailureKind> ELSEWHERE =
            EnumSet.of(FailureKind.CAPACITY, FailureKind.PRICE, FailureKind.QUOTA);
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLoop.class);

    private final String cluster;
    private final TaskScheduler scheduler;
    private final Supplier<Moment> clock;
    private final Consumer<Pass> published;
    private String failure = "";

    private Duration interval;
    private Reconciler reconciler;
    private @Nullable Reconciler successor;
    private @Nullable Gap refusedConfig;
    private @Nullable ScheduledFuture<?> scheduled;
    /** Only the task scheduled last may begin a pass: one that could not be cancelled in time finds itself out of turn. */
    private long turn;

    private boolean running;
    private boolean stopped;
    private boolean woken;

    public ClusterLoop(
            String cluster,
            Duration interval,
            Reconciler reconciler,
            TaskScheduler scheduler,
            Supplier<Moment> clock,
            Consumer<Pass> published) {
        this.cluster = cluster;
        this.interval = interval;
        this.reconciler = reconciler;
        this.scheduler = scheduler;
        this.clock = clock;
        this.published = published;
    }

    /** Schedules the first pass, now; after {@link #stop} too. */
    public synchronized void start() {
        stopped = false;
        wake();
    }

    /** The next pass comes now, or right after the one under way. Calls that arrive together make one pass. */
    public synchronized void wake() {
        if (running) {
            woken = true;
        } else if (!stopped) {
            schedule(clock.get().wall());
        }
    }

    /** Schedules no further pass; one under way ends by itself. */
    public synchronized void stop() {
        stopped = true;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    /** From the next pass on another reconciler works, with the memory of the one before; it comes at once. */
    public synchronized void follow(Reconciler next, Duration nextInterval) {
        successor = next;
        interval = nextInterval;
        refusedConfig = null;
        wake();
    }

    /** Someone says this; the pass that takes it up comes at once. */
    public synchronized void tell(Control control) {
        reconciler.tell(control);
        wake();
    }

    /** A changed config could not be used; the old one holds, and each pass says so. Null: all is well again. */
    public synchronized void note(@Nullable Gap refused) {
        boolean news = refused != null || refusedConfig != null;
        refusedConfig = refused;
        if (news) {
            wake();
        }
    }

    private void schedule(Instant at) {
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        long mine = ++turn;
        scheduled = scheduler.schedule(() -> pass(mine), at);
    }

    private void pass(long mine) {
        if (!begin(mine)) {
            return;
        }
        Moment started = clock.get();
        boolean again = false;
        try {
            Pass pass = reconciler.reconcileOnce();
            published.accept(pass);
            if (!failure.isEmpty()) {
                LOG.info("{}: passes succeed again", cluster);
                failure = "";
            }
            again = refused(pass); // the refusal is remembered, so another pool is tried at once
        } catch (RuntimeException e) {
            reconciler.forget();
            report(e);
        }
        end(started, again);
    }

    private synchronized boolean begin(long mine) {
        if (stopped || running || mine != turn) {
            return false;
        }
        running = true;
        woken = false;
        if (successor != null) {
            successor.succeed(reconciler);
            reconciler = successor;
            successor = null;
        }
        reconciler.note(refusedConfig);
        return true;
    }

    private synchronized void end(Moment started, boolean again) {
        running = false;
        if (!stopped) {
            Moment now = clock.get();
            Duration left = interval.minus(now.since(started));
            schedule(
                    again || woken || left.isNegative()
                            ? now.wall()
                            : now.wall().plus(left));
        }
    }

    /** For reasons by which another pool, or the other market, may have room: spot and on-demand have limits of their own. */
    private static boolean refused(Pass pass) {
        return pass.outcomes().stream()
                .map(Outcome::result)
                .anyMatch(
                        result -> result instanceof Outcome.Result.Failed failed && ELSEWHERE.contains(failed.kind()));
    }

    /** The same failure is told once, not every pass. */
    private void report(RuntimeException e) {
        String now = e.toString();
        if (!now.equals(failure)) {
            LOG.error("{}: the pass failed, nothing (more) was done, and the next one starts afresh", cluster, e);
            failure = now;
        }
    }
}
