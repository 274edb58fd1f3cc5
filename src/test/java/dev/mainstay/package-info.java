/** What holds for all rooms together. */
@NullMarked
package dev.mainstay;

import org.jspecify.annotations.NullMarked;
