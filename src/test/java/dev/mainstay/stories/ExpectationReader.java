package dev.mainstay.stories;

import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.GuardName;
import dev.mainstay.planning.Phase;
import dev.mainstay.stories.Tale.Told;
import dev.mainstay.stories.Tale.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Reads what must follow, one line at a time. */
final class ExpectationReader {
    private static final Duration EVER = Duration.ofDays(1000);

    private ExpectationReader() {}

    private record Window(Duration from, Duration to) {
        static Window read(Words words) {
            if (words.take("from")) {
                Duration from = words.time();
                words.need("to");
                return new Window(from, words.time());
            }
            if (words.take("before")) {
                return new Window(Duration.ZERO, words.time().minusNanos(1));
            }
            return words.take("after") ? new Window(words.time(), EVER) : new Window(Duration.ZERO, EVER);
        }

        boolean holds(Duration time) {
            return time.compareTo(from) >= 0 && time.compareTo(to) <= 0;
        }
    }

    static Expectation read(Words words) {
        Expectation expectation = sentence(words);
        words.end();
        return expectation;
    }

    private static Expectation sentence(Words words) {
        if (words.take("by")) {
            return by(words.time(), words);
        }
        if (words.take("never")) {
            return never(words);
        }
        if (words.take("condition")) {
            return condition(words);
        }
        if (words.take("in this order:")) {
            return order(words);
        }
        if (words.take("in the end")) {
            return inTheEnd(words);
        }
        if (words.take("always")) {
            return throughout(new Window(Duration.ZERO, EVER), Amounts.read(words));
        }
        if (words.take("at most")) {
            return counted(words, 0, words.number());
        }
        if (words.take("at least")) {
            return counted(words, words.number(), Integer.MAX_VALUE);
        }
        if (words.take("exactly")) {
            int number = words.number();
            return counted(words, number, number);
        }
        if (words.take("no")) {
            return counted(words, 0, 0);
        }
        if (words.take("at")) {
            return at(words.time(), words);
        }
        if (words.take("from")) {
            Duration from = words.time();
            words.need("to");
            return throughout(new Window(from, words.time()), Amounts.read(words));
        }
        throw words.refused();
    }

    private static Expectation by(Duration time, Words words) {
        if (words.take("condition")) {
            ConditionName name = words.one(ConditionName.class);
            return some(
                    time,
                    "the condition did not begin",
                    (told, _) -> told.conditions().contains(name));
        }
        if (words.take("held back by")) {
            GuardName guard = words.one(GuardName.class);
            return some(
                    time,
                    "nothing was held back by it",
                    (told, _) -> told.guards().contains(guard));
        }
        if (words.matches(Who.NAME) || words.peek("node")) {
            Who who = Who.read(words);
            words.need("is");
            if (words.take("gone")) {
                return tale -> gone(who, time, tale, words);
            }
            Phase phase = words.one(Phase.class);
            return some(time, "it was not", (told, tale) -> isIn(phase, who, told, tale, words));
        }
        Deed deed = Deed.verb(words);
        return tale -> {
            int found = deed.countIn(tale, tale.opening(), time);
            return found >= deed.count() ? Optional.empty() : Optional.of("by then there were " + found);
        };
    }

    private static Expectation some(Duration until, String otherwise, BiPredicate<Told, Tale> holds) {
        return tale -> tale.told().stream().anyMatch(told -> told.at().compareTo(until) <= 0 && holds.test(told, tale))
                ? Optional.empty()
                : Optional.of(otherwise);
    }

    private static boolean isIn(Phase phase, Who who, Told told, Tale tale, Words words) {
        return told.phases().entrySet().stream()
                .anyMatch(node -> node.getValue() == phase && who.means(node.getKey(), tale, words));
    }

    private static Optional<String> gone(Who who, Duration by, Tale tale, Words words) {
        return tale.states().stream()
                .filter(state -> state.at().compareTo(by) >= 0)
                .findFirst()
                .filter(state -> state.existing().stream().anyMatch(id -> who.means(id, tale, words)))
                .map(state -> "it still exists");
    }

    private static Expectation never(Words words) {
        if (words.take("condition")) {
            ConditionName name = words.one(ConditionName.class);
            return none(Window.read(words), told -> told.conditions().contains(name));
        }
        if (words.take("held back by")) {
            GuardName guard = words.one(GuardName.class);
            return none(Window.read(words), told -> told.guards().contains(guard));
        }
        Deed deed = Deed.verb(words).tried();
        return counted(deed, 0, 0, Window.read(words));
    }

    private static Expectation none(Window window, Predicate<Told> holds) {
        return tale -> tale.told().stream()
                .filter(told -> window.holds(told.at()) && holds.test(told))
                .findFirst()
                .map(told -> "it was so at " + Clock.of(told.at()));
    }

    private static Expectation condition(Words words) {
        ConditionName name = words.one(ConditionName.class);
        if (words.take("ends by")) {
            return none(
                    new Window(words.time(), EVER), told -> told.conditions().contains(name));
        }
        words.need("from");
        Duration from = words.time();
        words.need("to");
        Window window = new Window(from, words.time());
        return none(window, told -> !told.conditions().contains(name));
    }

    private static Expectation order(Words words) {
        List<Deed> deeds = new ArrayList<>();
        do {
            deeds.add(Deed.verb(words));
        } while (words.take(";"));
        return tale -> {
            int next = 0;
            for (Write write : tale.writes()) {
                if (next < deeds.size() && deeds.get(next).matches(write, tale)) {
                    next++;
                }
            }
            return next == deeds.size()
                    ? Optional.empty()
                    : Optional.of("number %d of them did not follow".formatted(next + 1));
        };
    }

    private static Expectation inTheEnd(Words words) {
        if (words.atNumber() || words.peek("at")) {
            Amounts amounts = Amounts.read(words);
            return tale -> amounts.unmet(tale.states().getLast(), tale);
        }
        Who who = Who.read(words);
        if (words.take("exists")) {
            return tale -> exists(who, tale, words) ? Optional.empty() : Optional.of("it is gone");
        }
        words.need("is");
        if (words.take("gone")) {
            return tale -> exists(who, tale, words) ? Optional.of("it exists") : Optional.empty();
        }
        Phase phase = words.one(Phase.class);
        return tale ->
                isIn(phase, who, tale.told().getLast(), tale, words) ? Optional.empty() : Optional.of("it is not");
    }

    private static boolean exists(Who who, Tale tale, Words words) {
        return tale.states().getLast().existing().stream().anyMatch(id -> who.means(id, tale, words));
    }

    private static Expectation at(Duration time, Words words) {
        Amounts amounts = Amounts.read(words);
        return tale -> tale.states().stream()
                .filter(state -> state.at().compareTo(time) >= 0)
                .findFirst()
                .map(state -> amounts.unmet(state, tale))
                .orElse(Optional.of("the story is over by then"));
    }

    private static Expectation throughout(Window window, Amounts amounts) {
        return tale -> tale.states().stream()
                .filter(state -> window.holds(state.at()))
                .flatMap(state -> amounts.unmet(state, tale).stream())
                .findFirst();
    }

    private static Expectation counted(Words words, int least, int most) {
        Deed deed = Deed.noun(1, words);
        return counted(deed, least, most, Window.read(words));
    }

    private static Expectation counted(Deed deed, int least, int most, Window window) {
        return tale -> {
            int found = deed.countIn(tale, window.from(), window.to());
            return found >= least && found <= most ? Optional.empty() : Optional.of("there were " + found);
        };
    }
}
