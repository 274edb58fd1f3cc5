package dev.mainstay.testing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of the points at which something may go wrong were tried. A runner prints it as a line; {@link Reliability} reads
 * the lines.
 *
 * @param what the points, in the plural
 */
public record FaultPoints(long tried, long all, String what) {
    private static final Pattern LINE = Pattern.compile("fault points: (\\d+) of (\\d+) (.+)");

    public void print() {
        System.out.printf("fault points: %d of %d %s%n", tried, all, what);
    }

    static Optional<FaultPoints> read(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new FaultPoints(
                        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    FaultPoints plus(FaultPoints more) {
        return new FaultPoints(tried + more.tried, all + more.all, what);
    }

    @Override
    public String toString() {
        return "%,d / %,d %s".formatted(tried, all, what);
    }
}
