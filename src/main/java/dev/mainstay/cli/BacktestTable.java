package dev.mainstay.cli;

import dev.mainstay.backtest.BacktestReport;
import dev.mainstay.backtest.Figures;
import java.util.Locale;

/** What a backtest found, for people. */
final class BacktestTable {
    private BacktestTable() {}

    static String text(BacktestReport report) {
        StringBuilder text = new StringBuilder();
        for (BacktestReport.Venue market : report.frame().markets()) {
            text.append("%s: %.1f days, %s; no policy can cost less than %.4f%n"
                    .formatted(market.name(), market.days(), String.join(", ", market.zones()), market.bound()));
        }
        text.append("%d nodes, %d of them on-demand, cold start %.0f s, %.0f%% of losses announced; %s%n%n"
                .formatted(
                        report.frame().nodes(),
                        report.frame().base(),
                        report.frame().coldStartSeconds(),
                        report.frame().noticeProbability() * 100,
                        report.frame().seeds() == 1
                                ? "1 seed"
                                : "the mean of %d seeds"
                                        .formatted(report.frame().seeds())));
        text.append(table(report));
        text.append("\navailability: all nodes in service; cost: 1 is all on-demand\n");
        return text.toString();
    }

    private static TextTable table(BacktestReport report) {
        TextTable table = new TextTable(
                "policy",
                "availability",
                "cost",
                "longest gap",
                "all down",
                "losses",
                "refused",
                "switches",
                "most a day");
        for (BacktestReport.Result result : report.policies()) {
            Figures figures = result.figures();
            table.row(
                    result.name(),
                    number("%.5f", figures.availability()),
                    number("%.4f", figures.cost()),
                    number("%.0f s", figures.longestGapSeconds()),
                    number("%.5f", figures.allDownShare()),
                    number("%.0f", figures.losses()),
                    number("%.0f", figures.refusedLaunches()),
                    number("%.0f", figures.switches()),
                    number("%.0f", figures.maxSwitchesPerDay()));
        }
        return table;
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
