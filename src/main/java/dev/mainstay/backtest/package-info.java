/** Recorded history through the production planner, beside baseline policies: frames, policies, reports. */
@NullMarked
package dev.mainstay.backtest;

import org.jspecify.annotations.NullMarked;
