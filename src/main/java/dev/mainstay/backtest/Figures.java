package dev.mainstay.backtest;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came out for one policy.
 *
 * @param availability the share of the time with all wanted nodes in service
 * @param nodeAvailability the share of the wanted nodes that were in service, on average
 * @param cost relative to all on-demand
 * @param losses nodes that the market took
 * @param lossEvents times that it took any in a zone, however many at once
 * @param launches that were made
 * @param refusedLaunches calls that brought fewer than they asked for
 * @param switches voluntary returns to spot, and moves between zones
 * @param maxSwitchesPerDay in any 24 hours
 * @param longestGapSeconds the longest time without all wanted nodes
 * @param allDownShare the share of the time without any node in service
 */
public record Figures(
        double availability,
        double nodeAvailability,
        double cost,
        double losses,
        double lossEvents,
        double launches,
        double refusedLaunches,
        double switches,
        double maxSwitchesPerDay,
        double longestGapSeconds,
        double allDownShare) {

    /** The mean of each over several runs, and the most of what is a maximum. */
    static Figures mean(List<Figures> runs) {
        return new Figures(
                mean(runs, Figures::availability),
                mean(runs, Figures::nodeAvailability),
                mean(runs, Figures::cost),
                mean(runs, Figures::losses),
                mean(runs, Figures::lossEvents),
                mean(runs, Figures::launches),
                mean(runs, Figures::refusedLaunches),
                mean(runs, Figures::switches),
                most(runs, Figures::maxSwitchesPerDay),
                most(runs, Figures::longestGapSeconds),
                mean(runs, Figures::allDownShare));
    }

    /** One run over several markets, side by side: shares weighted by the markets' lengths, counts added up. */
    static Figures together(List<Figures> markets, List<Double> lengths) {
        return new Figures(
                weighted(markets, lengths, Figures::availability),
                weighted(markets, lengths, Figures::nodeAvailability),
                weighted(markets, lengths, Figures::cost),
                sum(markets, Figures::losses),
                sum(markets, Figures::lossEvents),
                sum(markets, Figures::launches),
                sum(markets, Figures::refusedLaunches),
                sum(markets, Figures::switches),
                most(markets, Figures::maxSwitchesPerDay),
                most(markets, Figures::longestGapSeconds),
                weighted(markets, lengths, Figures::allDownShare));
    }

    private static double mean(List<Figures> all, ToDoubleFunction<Figures> figure) {
        return sum(all, figure) / all.size();
    }

    private static double sum(List<Figures> all, ToDoubleFunction<Figures> figure) {
        return all.stream().mapToDouble(figure).sum();
    }

    private static double most(List<Figures> all, ToDoubleFunction<Figures> figure) {
        return all.stream().mapToDouble(figure).max().orElse(0);
    }

    private static double weighted(List<Figures> all, List<Double> weights, ToDoubleFunction<Figures> figure) {
        double total = 0;
        double weight = 0;
        for (int i = 0; i < all.size(); i++) {
            total += figure.applyAsDouble(all.get(i)) * weights.get(i);
            weight += weights.get(i);
        }
        return total / weight;
    }
}
