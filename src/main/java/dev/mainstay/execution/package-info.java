/** Act: one intent and one short call at a time, an outcome for each. */
@NullMarked
package dev.mainstay.execution;

import org.jspecify.annotations.NullMarked;
