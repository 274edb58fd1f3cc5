/** What withholds an action; {@code Guards} lists them in order. */
@NullMarked
package dev.mainstay.planning.guard;

import org.jspecify.annotations.NullMarked;
