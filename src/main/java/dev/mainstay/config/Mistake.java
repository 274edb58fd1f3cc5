package dev.mainstay.config;

import java.util.Comparator;

/**
 * One thing that is wrong in a config file, and what is allowed instead.
 *
 * @param file the file, as the reader was given it
 * @param line where the key stands, or its nearest parent when the key is missing; the first line is 1
 * @param column the first column is 1
 * @param key the whole key, as the file writes it; {@code file} when nothing could be read from the file
 * @param message one line: what is wrong, what is allowed
 */
public record Mistake(String file, int line, int column, String key, String message) implements Comparable<Mistake> {
    private static final Comparator<Mistake> BY_POSITION = Comparator.comparingInt(Mistake::line)
            .thenComparingInt(Mistake::column)
            .thenComparing(Mistake::key)
            .thenComparing(Mistake::message);

    @Override
    public int compareTo(Mistake other) {
        return BY_POSITION.compare(this, other);
    }

    /** {@code file:line:column: key: message}, the form that editors can jump to. */
    @Override
    public String toString() {
        return "%s:%d:%d: %s: %s".formatted(file, line, column, key, message);
    }
}
