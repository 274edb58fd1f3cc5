/** One policy a file; {@code Rules} lists them in order. */
@NullMarked
package dev.mainstay.planning.rule;

import org.jspecify.annotations.NullMarked;
