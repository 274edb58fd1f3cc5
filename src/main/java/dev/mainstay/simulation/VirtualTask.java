package dev.mainstay.simulation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task that waits for its turn in {@link VirtualTime}, runs, or has run. Thread-safe. */
final class VirtualTask implements ScheduledFuture<@Nullable Object> {
    private final VirtualTime time;
    private final Runnable body;
    private final long dueNanos;
    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

    VirtualTask(VirtualTime time, Runnable body, long dueNanos) {
        this.time = time;
        this.body = body;
        this.dueNanos = dueNanos;
    }

    void run() {
        try {
            body.run();
            result.complete(null);
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
            throw failure;
        }
    }

    /** Takes the task off the queue. One that already runs is left to run: nothing in virtual time is torn in half. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return time.withdraw(this) && result.cancel(false);
    }

    @Override
    public boolean isCancelled() {
        return result.isCancelled();
    }

    @Override
    public boolean isDone() {
        return result.isDone();
    }

    @Override
    public @Nullable Object get() throws InterruptedException, ExecutionException {
        return result.get();
    }

    @Override
    public @Nullable Object get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(timeout, unit);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(Duration.ofNanos(dueNanos).minus(time.elapsed()));
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
