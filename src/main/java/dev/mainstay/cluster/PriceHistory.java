package dev.mainstay.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

    private static final Comparator<Change> IN_TIME = Comparator.comparing(Change::at);

    private final List<Change> changes;
    private final double highest;
    /** Reckoned when first asked for, since it takes a while: NaN until then. A race would only reckon it twice. */
    private double widestDailyMove = Double.NaN;

    private PriceHistory(List<Change> changes) {
        this.changes = Collections.unmodifiableList(changes);
        double max = 0;
        for (Change change : changes) {
            max = Math.max(max, change.usdPerHour());
        }
        this.highest = max;
    }

    /**
     * The history made of these changes in whatever order. Prices of zero or less are dropped: AWS never sells for
     * nothing, so zero means unknown.
     */
    public static Optional<PriceHistory> of(List<Change> changes) {
        List<Change> known = known(changes);
        return known.isEmpty() ? Optional.empty() : Optional.of(new PriceHistory(known));
    }

    /**
     * This history with further changes, without those that ended before {@code oldest}; itself where that is the same.
     *
     * @param fresh in whatever order; some may be known already
     */
    public PriceHistory with(List<Change> fresh, Instant oldest) {
        List<Change> sorted = known(fresh);
        int overlap = changes.size();
        while (overlap > 0
                && !sorted.isEmpty()
                && !changes.get(overlap - 1).at().isBefore(sorted.getFirst().at())) {
            overlap--;
        }
        sorted.removeAll(changes.subList(overlap, changes.size()));
        int first = 0;
        while (first + 1 < changes.size() && !changes.get(first + 1).at().isAfter(oldest)) {
            first++;
        }
        if (sorted.isEmpty() && first == 0) {
            return this;
        }
        List<Change> all = new ArrayList<>(changes.size() - first + sorted.size());
        all.addAll(changes.subList(first, changes.size()));
        all.addAll(sorted);
        if (overlap < changes.size()) {
            all.sort(IN_TIME);
        }
        return new PriceHistory(all);
    }

    private static List<Change> known(List<Change> changes) {
        List<Change> known = new ArrayList<>(changes);
        known.removeIf(change -> !(change.usdPerHour() > 0));
        known.sort(IN_TIME);
        return known;
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
        if (Double.isNaN(widestDailyMove)) {
            widestDailyMove = widestMove(changes, Duration.ofDays(1));
        }
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
