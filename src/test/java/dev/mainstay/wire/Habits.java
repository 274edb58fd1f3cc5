package dev.mainstay.wire;

/**
 * Where AWS-compatible servers differ from each other.
 *
 * @param honoursTokens whether a launch with a known {@code ClientToken} answers with what the first one made
 * @param tellsSpot whether a spot instance says that it is one, and names its spot request
 */
public record Habits(boolean honoursTokens, boolean tellsSpot) {
    public static final Habits LIKE_AWS = new Habits(true, true);
}
