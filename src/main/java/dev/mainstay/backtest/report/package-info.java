/** What a backtest found, as a page to look at. */
@NullMarked
package dev.mainstay.backtest.report;

import org.jspecify.annotations.NullMarked;
