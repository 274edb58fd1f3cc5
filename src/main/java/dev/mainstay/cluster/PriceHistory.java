package dev.mainstay.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The spot price of one pool over time: a step function, each price holding until the next change. EC2 reports changes,
 * so the last one is as good as the last successful read, however old the change. Immutable; never empty.
 */
public final class PriceHistory {
    /** One change of the price, in USD per hour. */
    public record Change(Instant at, double usdPerHour) {}

    private final List<Change> changes;
    private final double highest;
    private final double widestDailyMove;

    private PriceHistory(List<Change> changes) {
        this.changes = changes;
        this.highest = changes.stream().mapToDouble(Change::usdPerHour).max().orElseThrow();
        this.widestDailyMove = widestMove(changes, Duration.ofDays(1));
    }

    /**
     * The history made of these changes in whatever order. Prices of zero or less are dropped: AWS never sells for
     * nothing, so zero means unknown.
     */
    public static Optional<PriceHistory> of(List<Change> changes) {
        List<Change> known = changes.stream()
                .filter(change -> change.usdPerHour() > 0)
                .sorted(Comparator.comparing(Change::at))
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(new PriceHistory(known));
    }

    /** The changes in order of time. */
    public List<Change> changes() {
        return changes;
    }

    /** The price now, in USD per hour. */
    public double latest() {
        return changes.getLast().usdPerHour();
    }

    /** The highest price in the history, in USD per hour. */
    public double highest() {
        return highest;
    }

    /** The largest ratio, less one, between two prices that held within 24 hours of each other. */
    public double widestDailyMove() {
        return widestDailyMove;
    }

    /**
     * Until when a buyer with hysteresis stays away: from a price above {@code limit} on, until it has been at most
     * {@code reopensAt} for {@code calm} without a break. Empty: it may buy now. {@link Instant#MAX}: no end in sight,
     * since the price is still too high.
     */
    public Optional<Instant> closedUntil(double limit, double reopensAt, Duration calm, Instant now) {
        if (highest <= limit) {
            return Optional.empty();
        }
        int lastAbove = changes.size() - 1;
        while (changes.get(lastAbove).usdPerHour() <= limit) {
            lastAbove--;
        }
        Instant lowSince = null;
        for (Change change : changes.subList(lastAbove + 1, changes.size())) {
            if (lowSince != null && !lowSince.plus(calm).isAfter(change.at())) {
                return Optional.empty();
            }
            boolean low = change.usdPerHour() <= reopensAt;
            lowSince = low ? (lowSince == null ? change.at() : lowSince) : null;
        }
        if (lowSince == null) {
            return Optional.of(Instant.MAX);
        }
        Instant opensAt = lowSince.plus(calm);
        return opensAt.isAfter(now) ? Optional.of(opensAt) : Optional.empty();
    }

    private static double widestMove(List<Change> changes, Duration span) {
        // Two monotonic windows over the last day: the front of each is the extreme of the prices that held in it.
        double widest = 0;
        List<Change> highs = new ArrayList<>();
        List<Change> lows = new ArrayList<>();
        int firstHigh = 0;
        int firstLow = 0;
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Instant from = change.at().minus(span);
            while (highs.size() > firstHigh && highs.getLast().usdPerHour() <= change.usdPerHour()) {
                highs.removeLast();
            }
            while (lows.size() > firstLow && lows.getLast().usdPerHour() >= change.usdPerHour()) {
                lows.removeLast();
            }
            highs.add(change);
            lows.add(change);
            while (highs.get(firstHigh).at().isBefore(from)) {
                firstHigh++;
            }
            while (lows.get(firstLow).at().isBefore(from)) {
                firstLow++;
            }
            widest = Math.max(
                    widest,
                    highs.get(firstHigh).usdPerHour() / lows.get(firstLow).usdPerHour() - 1);
        }
        return widest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PriceHistory history && changes.equals(history.changes);
    }

    @Override
    public int hashCode() {
        return changes.hashCode();
    }

    @Override
    public String toString() {
        return "PriceHistory" + changes;
    }
}
