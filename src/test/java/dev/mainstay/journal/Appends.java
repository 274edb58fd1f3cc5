package dev.mainstay.journal;

/** At which appends of a story something goes wrong. */
final class Appends {
    /** Each with {@code -Dmainstay.appends=all}. */
    static final int STEP = "all".equals(System.getProperty("mainstay.appends")) ? 1 : 7;

    private Appends() {}
}
