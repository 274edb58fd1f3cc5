/** Mainstay, a supervisor for small EC2 clusters. */
@NullMarked
package dev.mainstay;

import org.jspecify.annotations.NullMarked;
