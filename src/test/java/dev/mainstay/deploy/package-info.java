/** What stands in the folder {@code deploy}. */
@NullMarked
package dev.mainstay.deploy;

import org.jspecify.annotations.NullMarked;
