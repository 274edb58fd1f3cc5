/** The one reader of config files, and the only place that knows key names. */
@NullMarked
package dev.mainstay.config;

import org.jspecify.annotations.NullMarked;
