/** Durable memory: the port. */
@NullMarked
package dev.mainstay.journal;

import org.jspecify.annotations.NullMarked;
