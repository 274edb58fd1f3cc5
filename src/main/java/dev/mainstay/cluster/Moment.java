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
public record Moment(Instant wall, Duration uptime) {}
