package dev.mainstay.simulation.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The fault simulation: a range of seeds, each a trial of its own, several at a time. What a seed does depends on nothing
 * but itself, the time, the nodes, the faults and the journal. Used once; {@link #interrupt} may be called from any thread.
 */
public final class Soak {
    private final SoakOptions options;
    private final DaemonParts parts;
    private final LongSupplier nanos;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final Tally tally = new Tally();
    private long next;

    /** @param nanos the machine's monotonic clock, for how fast it went */
    public Soak(SoakOptions options, DaemonParts parts, LongSupplier nanos) {
        this.options = options;
        this.parts = parts;
        this.nanos = nanos;
        this.next = options.first();
    }

    /** How far it is. */
    public record Progress(int done, int seeds, int breached, Duration simulated) {}

    /** Begins no further seed; those under way are run to their end. */
    public void interrupt() {
        interrupted.set(true);
    }

    /**
     * Runs the seeds.
     *
     * @param threads so many at a time
     * @param progress hears of every seed that is done, one at a time
     */
    public SoakReport run(int threads, Consumer<Progress> progress) {
        long began = nanos.getAsLong();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> work(progress)));
            }
            running.forEach(Soak::await);
        }
        double realSeconds = Math.max(1, nanos.getAsLong() - began) / 1e9;
        long left = options.first() + options.seeds() - next;
        return tally.report(
                options, left == 0 ? null : options.from(next, (int) left).command(), threads, realSeconds, peakHeap());
    }

    private void work(Consumer<Progress> progress) {
        for (Long seed = take(); seed != null; seed = take()) {
            try (Trial trial = new Trial(options, seed, parts, line -> {})) {
                done(trial.run(), progress);
            } catch (RuntimeException | Error e) {
                interrupt();
                throw new IllegalStateException(
                        "seed %d could not be simulated; %s replays it"
                                .formatted(seed, options.from(seed, 1).command()),
                        e);
            }
        }
    }

    private synchronized @Nullable Long take() {
        boolean more = !interrupted.get() && next < options.first() + options.seeds();
        return more ? next++ : null;
    }

    private synchronized void done(TrialResult result, Consumer<Progress> progress) {
        tally.add(result);
        progress.accept(new Progress(tally.seeds(), options.seeds(), tally.breached(), tally.simulated()));
    }

    private static void await(Future<?> worker) {
        try {
            worker.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for its seeds", e);
        }
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
