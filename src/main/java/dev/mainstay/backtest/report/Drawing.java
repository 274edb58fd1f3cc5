package dev.mainstay.backtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An SVG picture in the making. Colours are classes of the page's style sheet, so that they fit a light and a dark page. */
final class Drawing {
    static final int WIDTH = 960;
    private static final int LEFT = 56;
    private static final int RIGHT = 150;
    private static final int TOP = 12;
    private static final int BOTTOM = 30;

    /** In pixels; the longest name of a policy is about as wide. */
    private static final int NAME_WIDTH = 110;

    private static final int NAME_HEIGHT = 13;

    /** Where a name was written. */
    private record Name(double left, double line) {}

    private final List<Name> names = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();
    private final int height;
    private final double fromX;
    private final double toX;
    private final double fromY;
    private final double toY;

    /** A picture of this part of the plane, with room for axes around it. */
    Drawing(String title, int height, double fromX, double toX, double fromY, double toY) {
        this.height = height;
        this.fromX = fromX;
        this.toX = toX;
        this.fromY = fromY;
        this.toY = toY;
        add(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                height,
                escaped(title)));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private double x(double x) {
        return LEFT + (x - fromX) / (toX - fromX) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double y) {
        return height - BOTTOM - (y - fromY) / (toY - fromY) * (height - TOP - BOTTOM);
    }

    /** A mark on the lower axis. */
    void tickX(double at, String label) {
        add(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                x(at),
                x(at),
                TOP,
                height - BOTTOM));
        add(String.format(
                Locale.ROOT,
                "<text class=\"axis mid\" x=\"%.1f\" y=\"%d\">%s</text>",
                x(at),
                height - BOTTOM + 18,
                escaped(label)));
    }

    /** A mark on the left axis. */
    void tickY(double at, String label) {
        add(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                LEFT,
                WIDTH - RIGHT,
                y(at),
                y(at)));
        add(String.format(
                Locale.ROOT,
                "<text class=\"axis end\" x=\"%d\" y=\"%.1f\">%s</text>",
                LEFT - 6,
                y(at) + 4,
                escaped(label)));
    }

    void box(String style, double x1, double x2, double y1, double y2) {
        add(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
                style,
                x(x1),
                y(y2),
                Math.max(0.5, x(x2) - x(x1)),
                Math.max(0, y(y1) - y(y2))));
    }

    void line(String style, double x1, double x2, double y1, double y2) {
        add(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                style,
                x(x1),
                x(x2),
                y(y1),
                y(y2)));
    }

    /** A point that tells its name where a mouse rests on it. */
    void point(String style, double atX, double atY, String about) {
        add(String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"><title>%s</title></circle>",
                style,
                x(atX),
                y(atY),
                escaped(about)));
    }

    void label(String style, double atX, double atY, int rightBy, int downBy, String text) {
        add(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                style,
                x(atX) + rightBy,
                y(atY) + downBy,
                escaped(text)));
    }

    /** Names a point, beside it or as far below as there is room between other names. */
    void name(String style, double atX, double atY, String text) {
        double left = x(atX) + 8;
        double line = y(atY) + 4;
        while (taken(left, line)) {
            line += 1;
        }
        names.add(new Name(left, line));
        add(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, left, line, escaped(text)));
    }

    private boolean taken(double left, double line) {
        return names.stream()
                .anyMatch(other ->
                        Math.abs(other.left() - left) < NAME_WIDTH && Math.abs(other.line() - line) < NAME_HEIGHT);
    }

    /** A line of many points, as steps. */
    void steps(String style, double[] xs, double[] ys) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            path.append(String.format(Locale.ROOT, i == 0 ? "M%.1f %.1f" : "H%.1fV%.1f", x(xs[i]), y(ys[i])));
        }
        add(String.format(Locale.ROOT, "<path class=\"%s\" d=\"%s\"/>", style, path));
    }

    private void add(String element) {
        svg.append(element).append('\n');
    }

    @Override
    public String toString() {
        return svg + "</svg>\n";
    }
}
