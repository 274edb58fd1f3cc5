package dev.mainstay.stories;

import java.util.Optional;

/** What must follow in a story. */
interface Expectation {
    /** Why it did not; empty if it did. */
    Optional<String> unmet(Tale tale);
}
