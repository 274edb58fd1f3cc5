package dev.mainstay.stories;

import dev.mainstay.cluster.Labelled;
import dev.mainstay.cluster.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One line of a story, read word by word. It knows what was looked for where it stopped, and says so. */
final class Words {
    private static final Pattern TOKEN = Pattern.compile("[,;%]|[^\\s,;%]+");
    private static final Pattern CLOCK = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d))?");
    private static final Pattern LENGTH = Pattern.compile("(\\d+)([smhd])");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    private final String file;
    private final int line;
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final Set<String> soughtHere = new LinkedHashSet<>();
    private int at;

    Words(String file, int line, String text) {
        this.file = file;
        this.line = line;
        this.text = text.strip();
        Matcher tokens = TOKEN.matcher(this.text);
        while (tokens.find()) {
            words.add(tokens.group());
            starts.add(tokens.start());
        }
    }

    int line() {
        return line;
    }

    String text() {
        return text;
    }

    /** Whether the line goes on with this; then it is behind us. */
    boolean take(String phrase) {
        String[] parts = phrase.split(" ", -1);
        for (int i = 0; i < parts.length; i++) {
            if (at + i >= words.size() || !words.get(at + i).equals(parts[i])) {
                soughtHere.add("'" + phrase + "'");
                return false;
            }
        }
        pass(parts.length);
        return true;
    }

    /** Whether the line goes on with this word. */
    boolean peek(String word) {
        soughtHere.add("'" + word + "'");
        return at < words.size() && words.get(at).equals(word);
    }

    /** Takes the first of several that fits. */
    boolean takeAny(String... phrases) {
        return Stream.of(phrases).anyMatch(this::take);
    }

    void need(String phrase) {
        if (!take(phrase)) {
            throw refused();
        }
    }

    boolean matches(Pattern form) {
        return at < words.size() && form.matcher(words.get(at)).matches();
    }

    /** The next word, if it has this form. */
    String word(Pattern form, String what) {
        if (!matches(form)) {
            soughtHere.add(what);
            throw refused();
        }
        return words.get(pass(1));
    }

    boolean atNumber() {
        soughtHere.add("a number");
        return matches(NUMBER);
    }

    int number() {
        String word = word(Pattern.compile("\\d+"), "a whole number");
        return Integer.parseInt(word);
    }

    double decimal() {
        return Double.parseDouble(word(NUMBER, "a number"));
    }

    double percent() {
        double percent = decimal();
        need("%");
        return percent;
    }

    /** A time such as 09:05, 09:05:30 or day 2 09:05, since the start of the world. */
    Duration time() {
        int day = take("day") ? number() : 1;
        Matcher clock = CLOCK.matcher(word(CLOCK, "a time such as 09:05"));
        if (!clock.matches()) {
            throw refused();
        }
        Duration time = Duration.ofDays(day - 1L)
                .plusHours(Long.parseLong(clock.group(1)))
                .plusMinutes(Long.parseLong(clock.group(2)))
                .plusSeconds(clock.group(3) == null ? 0 : Long.parseLong(clock.group(3)))
                .minus(Clock.START);
        if (time.isNegative()) {
            throw mistake("%s is before the world begins, at %s".formatted(clock.group(), Clock.of(Duration.ZERO)));
        }
        return time;
    }

    /** A length such as 40s, 5m, 2h. */
    Duration length() {
        Matcher length = LENGTH.matcher(word(LENGTH, "a length of time such as 5m"));
        if (!length.matches()) {
            throw refused();
        }
        long count = Long.parseLong(length.group(1));
        return switch (length.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    Zone zone() {
        return new Zone(word(Pattern.compile("[a-z]+-[a-z]+-\\d[a-z]"), "a zone such as us-east-1a"));
    }

    /** One of an enum's names. */
    <E extends Enum<E> & Labelled> E one(Class<E> type) {
        for (E value : type.getEnumConstants()) {
            if (take(value.label())) {
                return value;
            }
        }
        throw refused();
    }

    /** All that follows, as it is written. */
    String rest() {
        String rest = at < words.size() ? text.substring(starts.get(at)) : "";
        at = words.size();
        return rest;
    }

    boolean over() {
        return at == words.size();
    }

    void end() {
        if (!over()) {
            soughtHere.add("the end of the line");
            throw refused();
        }
    }

    /** What stands here is none of what was looked for here. */
    StoryMistake refused() {
        String found = over() ? "the line ends too early" : "'%s' is not understood".formatted(rest());
        return mistake("%s; allowed here: %s".formatted(found, String.join(", ", soughtHere)));
    }

    StoryMistake mistake(String what) {
        return new StoryMistake(file, line, what);
    }

    private int pass(int count) {
        int from = at;
        at += count;
        soughtHere.clear();
        return from;
    }
}
