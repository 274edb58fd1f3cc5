package dev.mainstay.planning;

import dev.mainstay.cluster.PriceHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a pool is worth where price is the whole market, in units of an on-demand price: the price now, its average over the
 * last hours, and a memory of its last peak, so that a pool which only pauses between two peaks is not taken for a calm one.
 * The weights are those that came nearest to the cheapest possible choice on recorded prices of 2015 (docs/decisions/0005).
 */
final class BidScore {
    private static final double NOW = 0.7;
    private static final double AVERAGE = 0.3;
    private static final double PEAK = 0.05;
    private static final Duration FADES = Duration.ofHours(3);

    /** What has faded to less than this is not looked at. */
    private static final double NEGLIGIBLE = 1e-4;

    private BidScore() {}

    static double of(PriceHistory history, double onDemand, Instant at) {
        List<PriceHistory.Change> changes = history.changes();
        int last = changes.size() - 1;
        while (last > 0 && changes.get(last).at().isAfter(at)) {
            last--;
        }
        double average = 0;
        double peak = 0;
        double left = 1;
        double price = changes.get(last).usdPerHour();
        for (int i = last; i >= 0 && left > NEGLIGIBLE; i--) {
            price = changes.get(i).usdPerHour();
            peak = Math.max(peak, price * left);
            double before = left(changes.get(i).at(), at);
            average += Math.min(price, onDemand) * (left - before);
            left = before;
        }
        average += Math.min(price, onDemand) * left;
        return (NOW * changes.get(last).usdPerHour() + AVERAGE * average + PEAK * peak) / onDemand;
    }

    private static double left(Instant then, Instant now) {
        double age = Math.max(0, Duration.between(then, now).toSeconds());
        return Math.exp(-age / FADES.toSeconds());
    }
}
