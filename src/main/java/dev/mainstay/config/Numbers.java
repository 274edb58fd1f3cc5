package dev.mainstay.config;

import java.util.regex.Pattern;

/**
 * Numbers as an operator writes them. Stricter than Java's own parsing, which lets {@code NaN}, {@code 1e999} and hex
 * floats into a budget.
 */
final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?|\\.[0-9]{1,9}");

    private Numbers() {}

    static long whole(String text, long most) {
        String allowed = "a whole number from 0 to %d".formatted(most);
        if (!WHOLE.matcher(text).matches()) {
            throw refused(text, allowed);
        }
        long value = Long.parseLong(text);
        if (value > most) {
            throw refused(text, allowed);
        }
        return value;
    }

    static double decimal(String text, String allowed) {
        return decimal(text, text, allowed);
    }

    /** @param text what the operator wrote, of which {@code digits} is the number */
    static double decimal(String text, String digits, String allowed) {
        if (!DECIMAL.matcher(digits).matches()) {
            throw refused(text, allowed);
        }
        return Double.parseDouble(digits);
    }

    static IllegalArgumentException refused(String text, String allowed) {
        return new IllegalArgumentException("%s is not allowed; needs %s".formatted(Quoted.of(text), allowed));
    }
}
