/** What operators see: HTTP, the page, health and metrics, all read from the last pass. */
@NullMarked
package dev.mainstay.status;

import org.jspecify.annotations.NullMarked;
