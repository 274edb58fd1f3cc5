/** What every journal has to hold. */
@NullMarked
package dev.mainstay.journal;

import org.jspecify.annotations.NullMarked;
