package dev.mainstay.config;

import java.util.Locale;

/** What an operator wrote, fit to stand in one line of a message whatever it holds. */
final class Quoted {
    private static final int LONGEST = 60;
    private static final int LONGEST_KEY = 200;

    private Quoted() {}

    static String of(String text) {
        return "'" + shortened(text, LONGEST) + "'";
    }

    /** A whole key, without quotes. */
    static String key(String text) {
        return shortened(text, LONGEST_KEY);
    }

    /** Without quotes and whole. */
    static String file(String text) {
        return shortened(text, Integer.MAX_VALUE);
    }

    /** A number without the decimals that it does not have. */
    static String number(double number) {
        return number == Math.rint(number) ? String.format(Locale.ROOT, "%.0f", number) : String.valueOf(number);
    }

    private static String shortened(String text, int longest) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(point -> Character.isISOControl(point)
                                || Character.getType(point) == Character.SURROGATE
                                || Character.getType(point) == Character.LINE_SEPARATOR
                                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                        ? '?'
                        : point)
                .forEach(line::appendCodePoint);
        return text.codePointCount(0, text.length()) > longest ? line + "…" : line.toString();
    }
}
