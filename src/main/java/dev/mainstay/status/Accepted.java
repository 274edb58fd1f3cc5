package dev.mainstay.status;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What an {@code Accept} header would rather have. JSON is the contract, so that a tie, a missing header, {@code *}{@code
 * /*} and a malformed one all get JSON; a browser names HTML and gets it.
 */
final class Accepted {
    private Accepted() {}

    static boolean prefersHtml(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> ranges = MediaType.parseMediaTypes(accept);
            return quality(ranges, MediaType.TEXT_HTML) > quality(ranges, MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    /** The quality of the most specific range that includes the type; 0 if none does. */
    private static double quality(List<MediaType> ranges, MediaType type) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparingInt(Accepted::specificity))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }

    private static int specificity(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }
}
