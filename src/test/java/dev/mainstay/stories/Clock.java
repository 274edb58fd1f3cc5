package dev.mainstay.stories;

import java.time.Duration;

/** The times that stories tell: the world begins on day 1 at 08:00. */
final class Clock {
    static final Duration START = Duration.ofHours(8);

    private Clock() {}

    /** As a story writes it. */
    static String of(Duration sinceStart) {
        Duration sinceMidnight = sinceStart.plus(START);
        long day = sinceMidnight.toDays() + 1;
        String seconds = sinceMidnight.toSecondsPart() == 0 ? "" : ":%02d".formatted(sinceMidnight.toSecondsPart());
        return "%s%02d:%02d%s"
                .formatted(
                        day == 1 ? "" : "day %d ".formatted(day),
                        sinceMidnight.toHoursPart(),
                        sinceMidnight.toMinutesPart(),
                        seconds);
    }
}
