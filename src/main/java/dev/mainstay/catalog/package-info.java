/** Dated tables of instance types and on-demand prices. */
@NullMarked
package dev.mainstay.catalog;

import org.jspecify.annotations.NullMarked;
