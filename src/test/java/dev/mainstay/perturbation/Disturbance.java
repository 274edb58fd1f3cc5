package dev.mainstay.perturbation;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * One way to disturb a scenario.
 *
 * @param name by which it is replayed
 * @param writes whether it is about a write
 * @param delay for how long it may hold things up by itself
 * @param interference makes what disturbs one play
 */
record Disturbance(String name, boolean writes, Duration delay, Supplier<Interference> interference) {}
