package dev.mainstay.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** Empty when nothing known is near: a far-fetched guess misleads more than none. */
    static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > 40) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> near(word, candidate))
                .min(Comparator.comparingInt((String candidate) -> edits(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean near(String word, String candidate) {
        boolean part = word.length() >= 3 && (candidate.startsWith(word) || word.startsWith(candidate));
        return part || edits(word, candidate) <= Math.max(1, Math.max(word.length(), candidate.length()) / 3);
    }

    /** Insertions, deletions and replacements that make one of the other (Levenshtein's distance). */
    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
