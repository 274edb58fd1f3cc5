package dev.mainstay.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * What a cluster's machines cost since the calendar month began, in UTC as AWS bills. It changes only when their cost per
 * hour does, so that a quiet cluster has nothing to store.
 *
 * @param at until when it is added up
 * @param usd by then
 * @param usdPerHour from then on
 */
public record MonthToDate(Instant at, double usd, double usdPerHour) {
    private static final double SAME = 1e-9;

    /** At another cost per hour from now on; itself where that is the same. */
    MonthToDate at(Instant now, double rate) {
        return Math.abs(rate - usdPerHour) < SAME ? this : new MonthToDate(now, usdBy(now), rate);
    }

    /** Of the month that it is then. */
    public double usdBy(Instant now) {
        Instant begin = begin(now);
        Instant from = at.isBefore(begin) ? begin : at;
        return (at.isBefore(begin) ? 0 : usd) + usdPerHour * Math.max(0, hours(Duration.between(from, now)));
    }

    /** How many hours the month still has. */
    public static double hoursLeft(Instant now) {
        Instant end = begin(now).atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        return hours(Duration.between(now, end));
    }

    static Instant begin(Instant now) {
        ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
        return utc.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
    }

    static double hours(Duration duration) {
        return duration.toMillis() / 3_600_000.0;
    }
}
