/** Who decides in a backtest: the production planner, and the baselines that it is measured against. */
@NullMarked
package dev.mainstay.backtest.policy;

import org.jspecify.annotations.NullMarked;
