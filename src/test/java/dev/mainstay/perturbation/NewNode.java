package dev.mainstay.perturbation;

import java.time.Duration;

/**
 * EC2 does not show new instances for a while, or not their tags.
 *
 * @param age until which they are not shown
 * @param untaggedOnly whoever asks for them by id is told of them, but of none of their tags
 */
record NewNode(Duration age, boolean untaggedOnly) {
    @Override
    public String toString() {
        return "%s:%d".formatted(untaggedOnly ? "untagged" : "invisible", age.toSeconds());
    }
}
