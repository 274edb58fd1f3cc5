package dev.mainstay.backtest.report;

import dev.mainstay.backtest.PriceMarket;
import dev.mainstay.backtest.SpotMarket;
import java.time.Duration;
import java.time.ZoneOffset;

/** The time axis: dates where the history has some, else days since its start. */
final class Days {
    private static final int MOST_MARKS = 10;

    private Days() {}

    static void marks(Drawing drawing, SpotMarket market, double days) {
        double step = Math.max(1, Math.ceil(days / MOST_MARKS));
        for (double day = 0; day <= days; day += step) {
            String label = market instanceof PriceMarket
                    ? market.start()
                            .plus(Duration.ofDays((long) day))
                            .atZone(ZoneOffset.UTC)
                            .toLocalDate()
                            .toString()
                    : "day " + (int) day;
            drawing.tickX(day, label);
        }
    }
}
