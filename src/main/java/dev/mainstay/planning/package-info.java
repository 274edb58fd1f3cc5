/** Decide: from what was seen and what is remembered to a plan that explains itself. Pure. */
@NullMarked
package dev.mainstay.planning;

import org.jspecify.annotations.NullMarked;
