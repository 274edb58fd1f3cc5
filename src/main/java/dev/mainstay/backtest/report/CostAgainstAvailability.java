package dev.mainstay.backtest.report;

import dev.mainstay.backtest.BacktestReport;
import java.util.Comparator;
import java.util.List;

/** Every policy as a point: what it cost, and how much of the time nodes were missing, on a logarithmic scale. */
final class CostAgainstAvailability {
    /** Whoever missed less than this is drawn here: zero has no place on a logarithmic scale. */
    private static final double LEAST = 1e-5;

    private CostAgainstAvailability() {}

    static String drawn(BacktestReport report) {
        List<BacktestReport.Result> results = report.policies();
        double most =
                results.stream().mapToDouble(one -> one.figures().cost()).max().orElse(1);
        Drawing drawing = new Drawing("Cost against availability", 420, 0, 1.05 * Math.max(1, most), -5.2, 0.1);
        for (int decade = -5; decade <= 0; decade++) {
            drawing.tickY(decade, decade == -5 ? "≤ 0.001 %" : "%s %%".formatted(percent(decade)));
        }
        for (int tenth = 0; tenth <= 10 * Math.max(1, most); tenth += 2) {
            drawing.tickX(tenth / 10.0, "%.1f".formatted(tenth / 10.0));
        }
        double bound = bound(report);
        drawing.line("bound", bound, bound, -5.2, 0.1);
        drawing.label("axis", bound, -5.2, 4, -6, "lower bound %.3f".formatted(bound));
        for (BacktestReport.Result result : results.stream()
                .sorted(Comparator.comparingDouble((BacktestReport.Result one) -> -missing(one))
                        .thenComparingDouble(one -> one.figures().cost()))
                .toList()) {
            if (result.figures().launches() == 0) {
                continue;
            }
            double x = result.figures().cost();
            double y = Math.log10(missing(result));
            drawing.point(
                    result.ofDaemon() ? "ours" : "theirs",
                    x,
                    y,
                    "%s: availability %.5f, cost %.4f"
                            .formatted(result.name(), result.figures().availability(), x));
            drawing.name(result.ofDaemon() ? "name ours" : "name", x, y, result.name());
        }
        return drawing.toString();
    }

    private static String percent(int decade) {
        return decade >= -2
                ? Integer.toString((int) Math.round(Math.pow(10, decade + 2)))
                : "0." + "0".repeat(-decade - 3) + "1";
    }

    private static double missing(BacktestReport.Result result) {
        return Math.max(LEAST, 1 - result.figures().availability());
    }

    private static double bound(BacktestReport report) {
        double days = report.frame().markets().stream()
                .mapToDouble(BacktestReport.Venue::days)
                .sum();
        return report.frame().markets().stream()
                        .mapToDouble(market -> market.bound() * market.days())
                        .sum()
                / days;
    }
}
