package dev.mainstay.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * Two readings of the time, taken together. What is stored or shown comes from {@code wall}; durations within one process
 * come from {@code uptime}, which no one can set. Where the two disagree about the time between two moments, the clock was
 * stepped or the machine was frozen.
 *
 * @param wall the wall clock
 * @param uptime monotonic time since this process started
 */
public record Moment(Instant wall, Duration uptime) {
    /**
     * How long ago an earlier moment of this process was: the longer of what both clocks say, since a wall clock may be set
     * back and a monotonic one stands still while the machine sleeps.
     */
    public Duration since(Moment earlier) {
        Duration byWall = Duration.between(earlier.wall, wall);
        Duration byUptime = uptime.minus(earlier.uptime);
        return byWall.compareTo(byUptime) > 0 ? byWall : byUptime;
    }
}
