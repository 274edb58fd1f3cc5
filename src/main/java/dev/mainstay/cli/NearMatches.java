package dev.mainstay.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds the known words that a mistyped one was probably meant to be. */
final class NearMatches {
    /** Two slips of the finger; with more, nearly every short name is near to every other. */
    private static final int FARTHEST = 2;

    private NearMatches() {}

    /** The words that are nearest to it, more than one where they are equally near; empty where none is near. */
    static List<String> of(String typed, Collection<String> words) {
        String lower = typed.toLowerCase(Locale.ROOT);
        int nearest =
                words.stream().mapToInt(word -> distance(lower, word)).min().orElse(Integer.MAX_VALUE);
        return nearest > FARTHEST
                ? List.of()
                : words.stream()
                        .filter(word -> distance(lower, word) == nearest)
                        .toList();
    }

    /** How many letters must be put in, taken out or exchanged to make one word of the other. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int exchanged = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(exchanged, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
