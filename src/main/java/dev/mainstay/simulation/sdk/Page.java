package dev.mainstay.simulation.sdk;

import dev.mainstay.simulation.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next where the next page begins; null: this is the last
 */
record Page<T>(List<T> rows, @Nullable String next) {
    /**
     * @param asked the most rows that the caller wants; null: no wish
     * @param token from the page before; null: the first page
     * @param size the most rows that this world puts on a page
     */
    static <T> Page<T> of(List<T> all, @Nullable Integer asked, @Nullable String token, int size) {
        int from = token == null ? 0 : offset(token);
        int to = Math.min(all.size(), from + Math.min(size, asked == null ? size : asked));
        return new Page<>(
                from >= all.size() ? List.of() : all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    private static int offset(String token) {
        try {
            return Integer.parseUnsignedInt(token);
        } catch (NumberFormatException notOurs) {
            throw new Refusal("InvalidNextToken", 400, "the token '%s' is not one of ours".formatted(token));
        }
    }
}
