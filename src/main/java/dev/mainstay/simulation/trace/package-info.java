/** Histories that a simulation replays: load, prices and capacity, read from files or generated from a seed. */
@NullMarked
package dev.mainstay.simulation.trace;

import org.jspecify.annotations.NullMarked;
