package dev.mainstay.cloud.aws;

import dev.mainstay.cloud.CloudException;
import dev.mainstay.cluster.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One call through the SDK. Whatever the SDK throws leaves here as a {@link CloudException}. Only the call itself belongs
 * inside: what we do with its answer stays outside, so that a mistake of ours is not taken for one of AWS's.
 */
final class AwsCall {
    private AwsCall() {}

    static <T> T translate(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (CloudException known) {
            throw known;
        } catch (RuntimeException failure) {
            throw AwsErrors.translate(operation, failure);
        }
    }

    /** All pages, or none: a list that ends where a page failed would pass for a smaller cluster. */
    static <P> List<P> pages(String operation, Supplier<? extends Iterable<P>> paginator) {
        return translate(operation, () -> {
            List<P> pages = new ArrayList<>();
            for (P page : paginator.get()) {
                // The same page with the same token: a server that did so for ever would hold the pass for ever.
                if (!pages.isEmpty() && page.equals(pages.getLast())) {
                    throw new CloudException(
                            FailureKind.UNKNOWN_OUTCOME,
                            "%s was given up: the server answers every page with the same one".formatted(operation));
                }
                pages.add(page);
            }
            return pages;
        });
    }

    /** Lists of at most this size, in order: what one request may name. */
    static <T> List<List<T>> chunks(List<T> all, int size) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            chunks.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return chunks;
    }

    /** An answer that arrived, but without what it must contain: what it means cannot be known. */
    static CloudException incomplete(String operation, String what) {
        return new CloudException(FailureKind.UNKNOWN_OUTCOME, "%s answered without %s".formatted(operation, what));
    }
}
