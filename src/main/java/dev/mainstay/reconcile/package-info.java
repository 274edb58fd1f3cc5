/** One pass on one page, and the loops that run it. */
@NullMarked
package dev.mainstay.reconcile;

import org.jspecify.annotations.NullMarked;
