package dev.mainstay.config;

import dev.mainstay.cluster.ClusterSpec.Guards;
import dev.mainstay.cluster.Labelled;
import dev.mainstay.cluster.MaintenanceWindow;
import dev.mainstay.cluster.Voluntary;
import dev.mainstay.config.Findings.Place;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Limits on what is done: the section {@code guards}. */
final class GuardsReading {
    private static final Map<String, DayOfWeek> DAYS =
            named(DayOfWeek.values(), day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT));
    private static final Map<String, Voluntary> REASONS = named(Voluntary.values(), Labelled::label);

    private GuardsReading() {}

    /** The budgets' defaults: heals max(2, a tenth of desired) an hour, returns max(24, 16 times desired) a day. */
    static Guards guards(ConfigKeys.Guards keys, int desired, Place place) {
        Place at = place.below("guards");
        int perHour = keys.disruptionsPerHour().value();
        int perDay = keys.disruptionsPerDay().value();
        if (perHour > perDay) {
            Place told = at.below("disruptions-per-hour").given()
                    ? at.below("disruptions-per-hour")
                    : at.below("disruptions-per-day");
            told.refuse("%d an hour is above %d a day; needs disruptions-per-hour at most disruptions-per-day"
                    .formatted(perHour, perDay));
        }
        if (keys.usdPerHour() != null
                && keys.usdPerMonth() != null
                && keys.usdPerHour().value() > keys.usdPerMonth().value()) {
            at.below("usd-per-month")
                    .refuse("%s is below usd-per-hour %s; a month has more than one hour"
                            .formatted(plain(keys.usdPerMonth()), plain(keys.usdPerHour())));
        }
        return new Guards(
                keys.usdPerHour() == null ? null : keys.usdPerHour().value(),
                keys.usdPerMonth() == null ? null : keys.usdPerMonth().value(),
                keys.youngNode().value(),
                keys.healsPerHour() == null
                        ? Math.max(2, desired / 10)
                        : keys.healsPerHour().value(),
                keys.returnsPerDay() == null
                        ? Math.max(24, 16 * desired)
                        : keys.returnsPerDay().value(),
                perHour,
                perDay,
                keys.heldBackAfter().value(),
                windows(keys.windows(), at.below("windows")));
    }

    private static List<MaintenanceWindow> windows(List<ConfigKeys.Window> keys, Place at) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            window(keys.get(i), at.element(i)).ifPresent(windows::add);
        }
        return windows;
    }

    private static Optional<MaintenanceWindow> window(ConfigKeys.Window keys, Place at) {
        Set<DayOfWeek> days = chosen(keys.days(), DAYS, DayOfWeek.class, "a day", at.below("days"));
        Set<Voluntary> reasons = chosen(keys.reasons(), REASONS, Voluntary.class, "a reason", at.below("reasons"));
        Optional<ZoneId> zone = zone(keys.zone(), at.below("zone"));
        LocalTime from = time(keys.from(), at.below("from"));
        LocalTime to = time(keys.to(), at.below("to"));
        if (from == null || to == null) {
            return Optional.empty();
        }
        if (from.equals(to) && !from.equals(LocalTime.MIDNIGHT)) {
            at.below("to")
                    .refuse("is the same as from, so that this window never opens; needs another time, or \"00:00\" to"
                            + " \"24:00\" for whole days");
            return Optional.empty();
        }
        return days.isEmpty() || reasons.isEmpty()
                ? Optional.empty()
                : zone.map(where -> new MaintenanceWindow(days, from, to, where, reasons));
    }

    private static @Nullable LocalTime time(@Nullable TimeOfDay given, Place at) {
        if (given == null) {
            at.missing("is missing; needs " + TimeOfDay.FORM);
        }
        return given == null ? null : given.value();
    }

    /** All where the key is left out; a list without an element would never let the window open. */
    private static <E extends Enum<E>> Set<E> chosen(
            List<String> texts, Map<String, E> known, Class<E> type, String what, Place at) {
        if (texts.isEmpty() && at.given()) {
            at.missing(
                    "names none, so that this window never opens; needs %s, or remove the key for all".formatted(what));
        }
        Set<E> chosen = texts.isEmpty() ? EnumSet.allOf(type) : EnumSet.noneOf(type);
        for (int i = 0; i < texts.size(); i++) {
            E one = known.get(texts.get(i).toLowerCase(Locale.ROOT));
            if (one == null) {
                at.element(i)
                        .refuse("%s is not allowed; needs one of %s"
                                .formatted(Quoted.of(texts.get(i)), String.join(", ", known.keySet())));
            } else if (!chosen.add(one)) {
                at.element(i).refuse("%s is given twice; remove one".formatted(Quoted.of(texts.get(i))));
            }
        }
        return chosen;
    }

    /** By name only: an offset such as +02:00 is wrong for half of the year wherever clocks are changed. */
    private static Optional<ZoneId> zone(String text, Place at) {
        if (ZoneId.getAvailableZoneIds().contains(text)) {
            return Optional.of(ZoneId.of(text));
        }
        at.refuse("%s is not a time zone; needs its name, such as Europe/Berlin or UTC".formatted(Quoted.of(text)));
        return Optional.empty();
    }

    private static String plain(Usd amount) {
        return new BigDecimal(String.valueOf(amount.value()))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static <E> Map<String, E> named(E[] constants, Function<E, String> name) {
        return Stream.of(constants)
                .collect(Collectors.toMap(name, constant -> constant, (a, b) -> a, LinkedHashMap::new));
    }
}
