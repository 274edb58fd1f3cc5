package dev.mainstay.backtest.report;

import dev.mainstay.backtest.Course;
import dev.mainstay.backtest.Frame;
import dev.mainstay.backtest.SpotMarket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The price in each zone over that of on-demand, and below it where our nodes were. */
final class PricesOverTime {
    private static final int COLUMNS = 480;
    private static final double TOP = 1.5;
    private static final int COLOURS = 6;

    private PricesOverTime() {}

    static String drawn(Course course, SpotMarket market, Frame frame) {
        double days = frame.tick().multipliedBy(market.ticks()).toMillis()
                / (double) Duration.ofDays(1).toMillis();
        int zones = market.zoneCount();
        double lane = 0.09;
        Drawing drawing = new Drawing("Price by zone", 300, 0, days, -lane * (zones + 0.5), TOP);
        Days.marks(drawing, market, days);
        for (double share : new double[] {0, 0.5, 1, 1.5}) {
            drawing.tickY(share, "%.1f ×".formatted(share));
        }
        int columns = Math.min(COLUMNS, market.ticks());
        for (int zone = 0; zone < zones; zone++) {
            double[] xs = new double[columns];
            double[] ys = new double[columns];
            for (int i = 0; i < columns; i++) {
                xs[i] = days * i / columns;
                ys[i] = Math.min(TOP, dearest(market, zone, i, columns) / market.onDemandPrice());
            }
            drawing.steps("price z" + zone % COLOURS, xs, ys);
            String name = market.zones().get(zone).value();
            drawing.label("name z" + zone % COLOURS, days, -lane * (zone + 0.75), 6, 4, name);
        }
        drawing.line("wanted", 0, days, 1, 1);
        drawing.label("name", days, 1, 6, 4, "on-demand");
        lanes(drawing, course, market, days, lane);
        return drawing.toString();
    }

    private static double dearest(SpotMarket market, int zone, int column, int columns) {
        int from = (int) ((long) column * market.ticks() / columns);
        int to = (int) ((long) (column + 1) * market.ticks() / columns);
        double dearest = 0;
        for (int tick = from; tick < Math.max(from + 1, to); tick++) {
            dearest = Math.max(dearest, market.price(zone, tick));
        }
        return dearest;
    }

    /** A lane a zone, filled while nodes of ours are there. */
    private static void lanes(Drawing drawing, Course course, SpotMarket market, double days, double lane) {
        List<Course.Step> steps = course.steps();
        for (int zone = 0; zone < market.zoneCount(); zone++) {
            List<double[]> spans = new ArrayList<>();
            double shortest = days / COLUMNS;
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).perZone().get(zone) == 0) {
                    continue;
                }
                double from = days * steps.get(i).tick() / market.ticks();
                double to = days * (i + 1 < steps.size() ? steps.get(i + 1).tick() : market.ticks()) / market.ticks();
                if (!spans.isEmpty() && from - spans.getLast()[1] < shortest) {
                    spans.getLast()[1] = to;
                } else {
                    spans.add(new double[] {from, to});
                }
            }
            for (double[] span : spans) {
                drawing.box("lane z" + zone % COLOURS, span[0], span[1], -lane * (zone + 1), -lane * (zone + 0.5));
            }
        }
    }
}
