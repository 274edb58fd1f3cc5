package dev.mainstay.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledFuture;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.Trigger;

/**
 * Spring's scheduler on virtual time. It runs a task once, at an instant of the (perhaps stepped) wall clock. Loops
 * schedule their own next pass, so that fixed rates, fixed delays and triggers are not offered.
 */
final class VirtualScheduler implements TaskScheduler {
    private final VirtualTime time;

    VirtualScheduler(VirtualTime time) {
        this.time = time;
    }

    @Override
    public Clock getClock() {
        return new WallClock(time, ZoneOffset.UTC);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
        return time.submit(task, startTime);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Trigger trigger) {
        throw onlyOnce();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Instant startTime, Duration period) {
        throw onlyOnce();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Duration period) {
        throw onlyOnce();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Instant startTime, Duration delay) {
        throw onlyOnce();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration delay) {
        throw onlyOnce();
    }

    private static UnsupportedOperationException onlyOnce() {
        return new UnsupportedOperationException("virtual time runs a task once: schedule(task, instant)");
    }

    private static final class WallClock extends Clock {
        private final VirtualTime time;
        private final ZoneId zone;

        WallClock(VirtualTime time, ZoneId zone) {
            this.time = time;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId changed) {
            return new WallClock(time, changed);
        }

        @Override
        public Instant instant() {
            return time.now().wall();
        }
    }
}
