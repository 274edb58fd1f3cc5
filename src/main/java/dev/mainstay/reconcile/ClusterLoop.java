package dev.mainstay.reconcile;

import dev.mainstay.cluster.FailureKind;
import dev.mainstay.cluster.Moment;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;

/**
 * One cluster's loop. It schedules its own next pass when a pass has ended, so passes never overlap and no cluster waits
 * for another. No pass fails the loop.
 */
public final class ClusterLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLoop.class);

    private final String cluster;
    private final Duration interval;
    private final Reconciler reconciler;
    private final TaskScheduler scheduler;
    private final Supplier<Moment> clock;
    private final Consumer<Pass> published;
    private String failure = "";
    private volatile @Nullable ScheduledFuture<?> scheduled;
    private volatile boolean stopped;

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

    /** Schedules the first pass, now. */
    public void start() {
        scheduled = scheduler.schedule(this::pass, clock.get().wall());
    }

    /** Schedules no further pass; one under way ends by itself. */
    public void stop() {
        stopped = true;
        ScheduledFuture<?> next = scheduled;
        if (next != null) {
            next.cancel(false);
        }
    }

    private void pass() {
        Instant started = clock.get().wall();
        Instant next = started.plus(interval);
        try {
            Pass pass = reconciler.reconcileOnce();
            published.accept(pass);
            if (!failure.isEmpty()) {
                LOG.info("{}: passes succeed again", cluster);
                failure = "";
            }
            if (refused(pass)) {
                next = clock.get().wall(); // the refusal is remembered, so another pool is tried at once
            }
        } catch (RuntimeException e) {
            reconciler.forget();
            report(e);
        }
        Instant now = clock.get().wall();
        if (!stopped) {
            scheduled = scheduler.schedule(this::pass, next.isBefore(now) ? now : next);
        }
    }

    private static boolean refused(Pass pass) {
        return pass.outcomes().stream()
                .map(Outcome::result)
                .anyMatch(result -> result instanceof Outcome.Result.Failed failed
                        && (failed.kind() == FailureKind.CAPACITY || failed.kind() == FailureKind.PRICE));
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
