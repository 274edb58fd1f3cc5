package dev.mainstay.simulation;

import java.util.SplittableRandom;

/**
 * The world's randomness: one seed, and an independent source for each concern, so that a further draw in one place
 * shifts nothing elsewhere.
 */
record Chance(long seed) {
    /** The golden ratio's bits, as in SplittableRandom: spreads neighbouring numbers over all 64 bits. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** A source for the n-th thing of a kind, such as the boot of the seventh machine. */
    SplittableRandom of(String concern, long n) {
        long mixed = (seed * SPREAD + concern.hashCode()) * SPREAD + n;
        return new SplittableRandom(mixed);
    }
}
