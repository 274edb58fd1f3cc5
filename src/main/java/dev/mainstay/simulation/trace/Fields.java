package dev.mainstay.simulation.trace;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the single values of traces. Empty answers mean that the text is no such value. */
final class Fields {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final String NUMERIC = "0123456789.+-eE";
    private static final Set<String> MISSING = Set.of("", "nan", "null", "none", "na", "n/a", "-");

    static final String TIMESTAMP_FORMS = "2014-02-14 14:30:00 (UTC) or 2014-02-14T14:30:00Z or with +01:00 is allowed";

    private Fields() {}

    /** A date and time in UTC, or with its offset; to the millisecond. */
    static Optional<Instant> instant(String text) {
        try {
            TemporalAccessor parsed = TIMESTAMP.parse(text.strip()
                    .replace(' ', 'T')
                    .replace("TUTC", "Z")
                    .replace("T+", "+")
                    .replace("T-", "-"));
            // Asked, not tried: a failed conversion to a time with an offset costs more than all the rest of the row.
            Instant instant = parsed.isSupported(ChronoField.OFFSET_SECONDS)
                    ? OffsetDateTime.from(parsed).toInstant()
                    : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
            return Optional.of(instant.truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A finite decimal number. */
    static OptionalDouble number(String text) {
        // Java's own parser also takes hexadecimal numbers, NaN, and a d or f at the end.
        if (!text.chars().allMatch(c -> NUMERIC.indexOf(c) >= 0)) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Whether the text is one of the ways to write that there is no value. */
    static boolean missing(String text) {
        return MISSING.contains(text.toLowerCase(Locale.ROOT));
    }
}
