package dev.mainstay.config;

/** A whole number of things: at least 0, at most a million, which is far beyond any cluster and any limit of AWS. */
record Count(int value) {
    private static final int MOST = 1_000_000;

    /** Spring's conversion calls this. */
    @SuppressWarnings("unused")
    public static Count of(String text) {
        return new Count((int) Numbers.whole(text, MOST));
    }
}
