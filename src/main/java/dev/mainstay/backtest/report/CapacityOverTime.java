package dev.mainstay.backtest.report;

import dev.mainstay.backtest.Course;
import dev.mainstay.backtest.Frame;
import dev.mainstay.backtest.SpotMarket;
import java.time.Duration;
import java.util.List;

/** What served over time, spot under on-demand, and when nodes were missing. */
final class CapacityOverTime {
    private static final int COLUMNS = 480;

    private CapacityOverTime() {}

    /** The sums of one column of the picture. */
    private static final class Column {
        private double spot;
        private double onDemand;
        private int ticks;
        private int least = Integer.MAX_VALUE;
    }

    static String drawn(Course course, SpotMarket market, Frame frame) {
        int ticks = market.ticks();
        int columns = Math.min(COLUMNS, ticks);
        Column[] all = new Column[columns];
        for (int i = 0; i < columns; i++) {
            all[i] = new Column();
        }
        List<Course.Step> steps = course.steps();
        for (int i = 0; i < steps.size(); i++) {
            Course.Step step = steps.get(i);
            int until = i + 1 < steps.size() ? steps.get(i + 1).tick() : ticks;
            for (int tick = Math.max(step.tick(), frame.bootTicks()); tick < until; tick++) {
                Column column = all[(int) ((long) tick * columns / ticks)];
                column.spot += step.spot();
                column.onDemand += step.onDemand();
                column.ticks++;
                column.least = Math.min(column.least, step.serving());
            }
        }
        double days = frame.tick().multipliedBy(ticks).toMillis()
                / (double) Duration.ofDays(1).toMillis();
        int top = frame.desired() + 2;
        Drawing drawing = new Drawing("Capacity over time", 240, 0, days, -0.6, top);
        Days.marks(drawing, market, days);
        for (int nodes = 0; nodes <= top; nodes += Math.max(1, top / 6)) {
            drawing.tickY(nodes, Integer.toString(nodes));
        }
        for (int i = 0; i < columns; i++) {
            Column column = all[i];
            if (column.ticks == 0) {
                continue;
            }
            double from = days * i / columns;
            double to = days * (i + 1) / columns;
            double spot = column.spot / column.ticks;
            double both = spot + column.onDemand / column.ticks;
            drawing.box("spot", from, to, 0, Math.min(spot, top));
            drawing.box("on-demand", from, to, Math.min(spot, top), Math.min(both, top));
            if (column.least < frame.desired()) {
                drawing.box(column.least == 0 ? "down" : "gap", from, to, -0.5, -0.1);
            }
        }
        drawing.line("wanted", 0, days, frame.desired(), frame.desired());
        drawing.label("name", days, frame.desired(), 6, 4, "wanted");
        drawing.label("name", days, -0.3, 6, 4, "nodes missing");
        return drawing.toString();
    }
}
