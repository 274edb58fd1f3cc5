/** The fault simulation: the whole daemon on the simulated AWS, seed after seed, with faults and invariants. */
@NullMarked
package dev.mainstay.simulation.soak;

import org.jspecify.annotations.NullMarked;
