package dev.mainstay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a maintenance window is open, and when it opens next. */
class MaintenanceWindowTest {
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    /** In Berlin the clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October. */
    @ParameterizedTest(name = "{0}: {1} to {2}, at {3}: opens at {4}")
    @CsvSource(delimiter = '|', textBlock = """
            an open one is open              | 02:00 | 04:00 | 2026-06-10T03:00+02:00 | 2026-06-10T03:00+02:00
            its first moment is in it        | 02:00 | 04:00 | 2026-06-10T02:00+02:00 | 2026-06-10T02:00+02:00
            its end is not                   | 02:00 | 04:00 | 2026-06-10T04:00+02:00 | 2026-06-11T02:00+02:00
            later on the same day            | 22:30 | 23:00 | 2026-06-10T03:00+02:00 | 2026-06-10T22:30+02:00
            over midnight, before it         | 22:30 | 05:00 | 2026-06-10T23:59+02:00 | 2026-06-10T23:59+02:00
            over midnight, after it          | 22:30 | 05:00 | 2026-06-10T04:59+02:00 | 2026-06-10T04:59+02:00
            over midnight, past its end      | 22:30 | 05:00 | 2026-06-10T05:00+02:00 | 2026-06-10T22:30+02:00
            the whole day                    | 00:00 | 00:00 | 2026-06-10T12:00+02:00 | 2026-06-10T12:00+02:00
            it begins in a skipped hour      | 02:30 | 04:00 | 2026-03-29T00:00+01:00 | 2026-03-29T03:00+02:00
            it is a skipped hour             | 02:00 | 03:00 | 2026-03-29T00:00+01:00 | 2026-03-30T02:00+02:00
            it ends in a skipped hour        | 01:00 | 02:30 | 2026-03-29T03:00+02:00 | 2026-03-30T01:00+02:00
            its hour comes twice, first      | 02:15 | 02:45 | 2026-10-25T00:00+02:00 | 2026-10-25T02:15+02:00
            its hour comes twice, in between | 02:15 | 02:45 | 2026-10-25T02:50+02:00 | 2026-10-25T02:15+01:00
            its hour comes twice, then over  | 02:15 | 02:45 | 2026-10-25T02:50+01:00 | 2026-10-26T02:15+01:00
            its end comes twice              | 01:00 | 02:30 | 2026-10-25T02:45+02:00 | 2026-10-25T02:00+01:00
            """)
    void opensByTheWallClock(String what, LocalTime from, LocalTime to, ZonedDateTime now, ZonedDateTime opens) {
        MaintenanceWindow window = window(EVERY_DAY, from, to, "Europe/Berlin");

        assertThat(window.opensAt(now.toInstant())).as(what).isEqualTo(opens.toInstant());
    }

    @Test
    void belongsToTheDayOnWhichItOpened() {
        MaintenanceWindow saturdayNight =
                window(EnumSet.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), "UTC");

        assertThat(saturdayNight.open(Instant.parse("2026-03-01T05:59:00Z"))).isTrue(); // a Sunday
        assertThat(saturdayNight.open(Instant.parse("2026-03-01T22:30:00Z"))).isFalse();
        assertThat(saturdayNight.opensAt(Instant.parse("2026-03-01T06:00:00Z")))
                .isEqualTo(Instant.parse("2026-03-07T22:00:00Z"));
    }

    @Test
    void waitsTwoWeeksWhereItsOnlyNightSkipsItsHour() {
        MaintenanceWindow window =
                window(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(2, 0), LocalTime.of(3, 0), "Europe/Berlin");

        assertThat(window.opensAt(Instant.parse("2026-03-22T02:00:00Z")))
                .isEqualTo(Instant.parse("2026-04-05T00:00:00Z"));
    }

    /** Minute by minute through both turns of the year, in zones that turn at midnight, by half an hour, and never. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 02:15, 02:45",
        "Europe/Berlin, 01:30, 02:30",
        "America/New_York, 23:30, 02:30",
        "Australia/Lord_Howe, 01:45, 02:10",
        "America/Santiago, 23:50, 00:20",
        "Asia/Kolkata, 00:00, 00:30"
    })
    void opensAtTheFirstMinuteInWhichItIsOpen(String zone, LocalTime from, LocalTime to) {
        MaintenanceWindow window =
                window(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY), from, to, zone);
        for (String begin : List.of("2026-03-05", "2026-03-26", "2026-04-02", "2026-09-03", "2026-10-22")) {
            Instant end = Instant.parse(begin + "T00:00:00Z").plus(Duration.ofDays(10));
            Instant next = null;
            for (Instant at = end; at.isAfter(Instant.parse(begin + "T00:00:00Z")); at = at.minusSeconds(60)) {
                next = window.open(at) ? at : next;
                if (next != null) {
                    assertThat(window.opensAt(at)).as("%s at %s", window, at).isEqualTo(next);
                }
            }
            assertThat(next).isNotNull();
        }
    }

    @Test
    void holdsOnlyWhatItIsAbout() {
        Instant noon = Instant.parse("2026-06-10T12:00:00Z");
        MaintenanceWindow returns = new MaintenanceWindow(
                EVERY_DAY, LocalTime.of(2, 0), LocalTime.of(4, 0), ZoneId.of("UTC"), Set.of(Voluntary.RETURN));
        MaintenanceWindow all = window(EVERY_DAY, LocalTime.of(3, 0), LocalTime.of(5, 0), "UTC");

        assertThat(MaintenanceWindow.closedUntil(List.of(), Voluntary.RETURN, noon))
                .isEmpty();
        assertThat(MaintenanceWindow.closedUntil(List.of(returns), Voluntary.MOVE, noon))
                .isEmpty();
        assertThat(MaintenanceWindow.closedUntil(List.of(returns), Voluntary.RETURN, noon))
                .contains(Instant.parse("2026-06-11T02:00:00Z"));
        assertThat(MaintenanceWindow.closedUntil(List.of(returns, all), Voluntary.MOVE, noon))
                .contains(Instant.parse("2026-06-11T03:00:00Z"));
        assertThat(MaintenanceWindow.closedUntil(
                        List.of(returns, all), Voluntary.RETURN, Instant.parse("2026-06-11T04:30:00Z")))
                .isEmpty();
    }

    private static MaintenanceWindow window(Set<DayOfWeek> days, LocalTime from, LocalTime to, String zone) {
        return new MaintenanceWindow(days, from, to, ZoneId.of(zone), EnumSet.allOf(Voluntary.class));
    }
}
