package dev.mainstay.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time with its unit, as {@code 5m}: above 0 and at most a year. */
record Span(Duration value) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Spring's conversion calls this. */
    @SuppressWarnings("unused")
    public static Span of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(text);
        }
        long count = Long.parseLong(form.group(1));
        Duration value = switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        if (value.isZero() || value.compareTo(LONGEST) > 0) {
            throw refused(text);
        }
        return new Span(value);
    }

    private static IllegalArgumentException refused(String text) {
        return Numbers.refused(
                text, "a duration above 0 and up to 365d: a whole number and one of s, m, h, d, such as 30s or 5m");
    }
}
