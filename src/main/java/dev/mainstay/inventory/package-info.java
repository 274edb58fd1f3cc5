/** Observe: an observation that admits its gaps and its age. */
@NullMarked
package dev.mainstay.inventory;

import org.jspecify.annotations.NullMarked;
