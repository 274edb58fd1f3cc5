package dev.mainstay.cluster;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A time of the week in which what could wait may be done. It is open while the wall clock of its zone shows such a time on
 * such a day, whatever the clock was just turned to: an hour that is skipped in spring cannot be waited for, and one that
 * comes twice in autumn is open twice.
 *
 * @param days on which it opens; over midnight it closes on the day after
 * @param from the first moment of it
 * @param to the first moment after it; at or before {@code from} it is one of the next day
 * @param reasons what may be done only inside; all that could wait, by default
 */
public record MaintenanceWindow(
        Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, Set<Voluntary> reasons) {

    /** Every day of the week comes twice in it, so that a night whose hours are skipped is not taken for never. */
    private static final int DAYS_AHEAD = 14;

    public MaintenanceWindow {
        if (days.isEmpty() || reasons.isEmpty()) {
            throw new IllegalArgumentException("a window without a day or a reason never opens");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
        reasons = Collections.unmodifiableSet(EnumSet.copyOf(reasons));
    }

    /** Until when this has to wait for a window; empty where one is open, or none is about this reason. */
    public static Optional<Instant> closedUntil(List<MaintenanceWindow> windows, Voluntary reason, Instant now) {
        List<MaintenanceWindow> about = windows.stream()
                .filter(window -> window.reasons.contains(reason))
                .toList();
        return about.stream().anyMatch(window -> window.open(now))
                ? Optional.empty()
                : about.stream().map(window -> window.opensAt(now)).min(Instant::compareTo);
    }

    public boolean open(Instant now) {
        LocalDateTime shown = LocalDateTime.ofInstant(now, zone);
        LocalTime time = shown.toLocalTime();
        boolean today = days.contains(shown.getDayOfWeek());
        if (from.isBefore(to)) {
            return today && !time.isBefore(from) && time.isBefore(to);
        }
        boolean sinceYesterday = days.contains(shown.getDayOfWeek().minus(1)) && time.isBefore(to);
        return sinceYesterday || today && !time.isBefore(from);
    }

    /** Now, or when it opens next. */
    public Instant opensAt(Instant now) {
        if (open(now)) {
            return now;
        }
        return beginnings(now).stream()
                .filter(instant -> instant.isAfter(now) && open(instant))
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("%s never opens after %s".formatted(this, now)));
    }

    /** The moments at which it can turn from closed to open: when its hour strikes, and when the clocks are turned. */
    private List<Instant> beginnings(Instant now) {
        ZoneRules rules = zone.getRules();
        List<Instant> beginnings = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(now, zone);
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDateTime local = today.plusDays(ahead).atTime(from);
            rules.getValidOffsets(local).forEach(offset -> beginnings.add(local.toInstant(offset)));
        }
        Instant end = today.plusDays(DAYS_AHEAD + 1L).atStartOfDay(zone).toInstant();
        ZoneOffsetTransition turn = rules.nextTransition(now);
        while (turn != null && turn.getInstant().isBefore(end)) {
            beginnings.add(turn.getInstant());
            turn = rules.nextTransition(turn.getInstant());
        }
        return beginnings;
    }
}
