package dev.mainstay.backtest.report;

import dev.mainstay.backtest.Backtest;
import dev.mainstay.backtest.BacktestReport;
import dev.mainstay.backtest.Contender;
import dev.mainstay.backtest.Course;
import dev.mainstay.backtest.Figures;
import dev.mainstay.backtest.Frame;
import dev.mainstay.backtest.PriceMarket;
import dev.mainstay.backtest.SpotMarket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A page that needs nothing but itself: the table, every policy as a point, and how the daemon's own runs went. */
public final class HtmlReport {
    /** More pictures than this nobody looks at. */
    private static final int MOST_COURSES = 8;

    private HtmlReport() {}

    public static String of(
            BacktestReport report,
            Backtest backtest,
            Frame frame,
            List<SpotMarket> markets,
            List<Contender> contenders) {
        StringBuilder courses = new StringBuilder();
        int drawn = 0;
        for (Contender contender : contenders) {
            for (SpotMarket market : markets) {
                if (contender.ofDaemon() && drawn++ < MOST_COURSES) {
                    courses.append(course(contender, market, frame, backtest.course(contender, market)));
                }
            }
        }
        return template()
                .replace("{{setting}}", setting(report))
                .replace("{{cost}}", CostAgainstAvailability.drawn(report))
                .replace("{{courses}}", courses)
                .replace("{{rows}}", rows(report));
    }

    private static String course(Contender contender, SpotMarket market, Frame frame, Course course) {
        String heading =
                "<h2>%s on %s</h2>%n".formatted(Drawing.escaped(contender.name()), Drawing.escaped(market.name()));
        String legend = """
                <p class="legend"><i class="spot"></i>spot <i class="on-demand"></i>on-demand in service, on average over each
                stretch <i class="gap"></i>fewer than wanted <i class="down"></i>none</p>
                """;
        String prices = market instanceof PriceMarket
                ? "<p class=\"legend\">Price over on-demand, the highest of each stretch; below, the zones in which nodes of ours"
                        + " were: where a bar ends and another begins, they switched.</p>\n"
                        + PricesOverTime.drawn(course, market, frame)
                : "";
        return heading + legend + CapacityOverTime.drawn(course, market, frame) + prices;
    }

    private static String setting(BacktestReport report) {
        BacktestReport.Setting setting = report.frame();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "<p>%d nodes, %d of them on-demand; cold start %.0f s; %.0f %% of losses announced; %s.</p>%n<ul>",
                setting.nodes(),
                setting.base(),
                setting.coldStartSeconds(),
                100 * setting.noticeProbability(),
                setting.seeds() == 1 ? "one seed" : "the mean of %d seeds".formatted(setting.seeds())));
        for (BacktestReport.Venue market : setting.markets()) {
            text.append(String.format(
                    Locale.ROOT,
                    "<li>%s: %.1f days, %s; no policy can cost less than %.4f</li>%n",
                    Drawing.escaped(market.name()),
                    market.days(),
                    Drawing.escaped(String.join(", ", market.zones())),
                    market.bound()));
        }
        setting.remarks()
                .forEach(remark ->
                        text.append("<li>").append(Drawing.escaped(remark)).append("</li>\n"));
        return text.append("</ul>").toString();
    }

    private static String rows(BacktestReport report) {
        StringBuilder rows = new StringBuilder();
        for (BacktestReport.Result result : report.policies()) {
            Figures figures = result.figures();
            rows.append(String.format(
                    Locale.ROOT,
                    "<tr%s><th>%s</th><td>%.5f</td><td>%.4f</td><td>%.0f s</td><td>%.5f</td><td>%.0f</td><td>%.0f</td>"
                            + "<td>%.0f</td><td>%.0f</td></tr>%n",
                    result.ofDaemon() ? " class=\"ours\"" : "",
                    Drawing.escaped(result.name()),
                    figures.availability(),
                    figures.cost(),
                    figures.longestGapSeconds(),
                    figures.allDownShare(),
                    figures.losses(),
                    figures.refusedLaunches(),
                    figures.switches(),
                    figures.maxSwitchesPerDay()));
        }
        return rows.toString();
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("backtest.html"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the page's template", e);
        }
    }
}
