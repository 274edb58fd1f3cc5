package dev.mainstay.status;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times, spans and money look on the page and in the terminal. Times are UTC. */
public final class PageText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private PageText() {}

    /** {@code 14:03:45} on the day of {@code now}, {@code 2 Mar 14:03} on another. */
    public static String time(Instant at, Instant now) {
        var moment = at.atOffset(ZoneOffset.UTC);
        boolean today = moment.toLocalDate().equals(now.atOffset(ZoneOffset.UTC).toLocalDate());
        return (today ? CLOCK : DAY).format(moment);
    }

    /** {@code 40 s}, {@code 12 min}, {@code 3 h 5 min}, {@code 2 d 4 h}: the two largest units, rounded down. */
    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /** {@code $0.0348}: four decimals, because a micro instance costs about a cent an hour. */
    public static String usd(double usd) {
        return String.format(Locale.ROOT, usd >= 10 ? "$%.2f" : "$%.4f", usd);
    }

    /** {@code 69 % less than}, {@code 4 % more than} or {@code the same as}, of the first against the second. */
    public static String against(double usd, double other) {
        long percent = other == 0 ? 0 : Math.round(100 * (other - usd) / other);
        if (percent == 0) {
            return "the same as";
        }
        return percent > 0 ? percent + " % less than" : -percent + " % more than";
    }

    /** {@code 39.5}, {@code 144}. */
    public static String credits(double balance) {
        return balance == Math.rint(balance)
                ? String.format(Locale.ROOT, "%.0f", balance)
                : String.format(Locale.ROOT, "%.1f", balance);
    }

    private static String two(long many, String unit, long few, String smaller) {
        return few == 0 ? many + " " + unit : "%d %s %d %s".formatted(many, unit, few, smaller);
    }
}
