package dev.mainstay.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one file and what is wrong with them, as it comes to light. Keys go by their path: known names in kebab
 * case, names that the operator chose and places in lists in brackets, as
 * {@code mainstay.clusters[blog].spot.types[0]}. One thread.
 */
final class Findings {
    private static final Key NOWHERE = new Key("", 1, 1, null);

    private final String file;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Mistake> warnings = new ArrayList<>();
    private final TreeSet<String> spoiled = new TreeSet<>();

    Findings(String file) {
        this.file = Quoted.file(file);
    }

    void found(String path, Key key) {
        keys.put(path, key);
    }

    @Nullable
    Key key(String path) {
        return keys.get(path);
    }

    boolean has(String path) {
        return keys.containsKey(path);
    }

    /** Every value in the file that is ours, by its path. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        keys.forEach((path, key) -> {
            if (key.text() != null) {
                texts.put(path, key.text());
            }
        });
        return texts;
    }

    /** The names that the operator chose below a path, in the order of the file. */
    List<String> namesBelow(String path) {
        return keys.keySet().stream()
                .filter(key -> key.startsWith(path + "[") && key.indexOf(']', path.length()) == key.length() - 1)
                .map(key -> key.substring(path.length() + 1, key.length() - 1))
                .toList();
    }

    /** A mistake that concerns no key of ours. */
    void refuse(int line, int column, String written, String message) {
        mistakes.add(new Mistake(file, line, column, Quoted.key(written), message));
    }

    /** A mistake at a key, or at its nearest parent when the key itself does not stand in the file. */
    void refuse(String path, String message) {
        spoiled.add(path);
        mistakes.add(mistake(path, message));
    }

    /** What stands at or below a path has been told: nothing is missing there. */
    void spoil(String path) {
        spoiled.add(path);
    }

    /** As {@code refuse}, unless something else is wrong there already: a value that cannot be read is not missing. */
    void missing(String path, String message) {
        boolean known = spoiled.stream().anyMatch(other -> within(other, path) || within(path, other));
        if (!known) {
            refuse(path, message);
        }
    }

    void warn(String path, String message) {
        warnings.add(mistake(path, message));
    }

    Place at(String path) {
        return new Place(this, path);
    }

    List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    List<Mistake> warnings() {
        return warnings.stream().sorted().toList();
    }

    private Mistake mistake(String path, String message) {
        String nearest = path;
        while (!nearest.isEmpty() && !keys.containsKey(nearest)) {
            nearest = parent(nearest);
        }
        Key place = keys.getOrDefault(nearest, NOWHERE);
        String written = nearest.equals(path) ? place.written() : place.written() + rest(nearest, path);
        return new Mistake(file, place.line(), place.column(), Quoted.key(written), message);
    }

    private static String rest(String nearest, String path) {
        return path.substring(nearest.length()).replaceAll("\\[([^0-9\\]][^\\]]*)]", ".$1");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    private static boolean within(String inner, String outer) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length() || ".[".indexOf(inner.charAt(outer.length())) >= 0);
    }

    /** A place in the file, to speak of the keys below it. */
    record Place(Findings findings, String path) {
        Place below(String key) {
            return new Place(findings, path + "." + key);
        }

        Place named(String name) {
            return new Place(findings, path + "[" + name + "]");
        }

        Place element(int index) {
            return new Place(findings, path + "[" + index + "]");
        }

        /** Whether it stands in the file. */
        boolean given() {
            return findings.has(path);
        }

        void refuse(String message) {
            findings.refuse(path, message);
        }

        void missing(String message) {
            findings.missing(path, message);
        }

        void warn(String message) {
            findings.warn(path, message);
        }
    }
}
