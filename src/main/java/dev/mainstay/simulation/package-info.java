/** The simulated AWS: the world, its time, its histories and its faults. */
@NullMarked
package dev.mainstay.simulation;

import org.jspecify.annotations.NullMarked;
