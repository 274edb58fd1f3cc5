/** What {@code run} shows without a config: a small cluster and its day. */
@NullMarked
package dev.mainstay.simulation.demo;

import org.jspecify.annotations.NullMarked;
