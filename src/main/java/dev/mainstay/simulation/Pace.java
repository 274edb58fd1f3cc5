package dev.mainstay.simulation;

/**
 * How fast virtual time runs beside real time. The order of what happens, and so every log, is the same at every pace.
 *
 * @param factor virtual seconds per real second; infinite: as fast as the machine can
 */
public record Pace(double factor) {
    /** As fast as possible: no real waiting at all. */
    public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

    public Pace {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a pace of %s: it must be above 0".formatted(factor));
        }
    }

    /** That many virtual seconds in each real one. */
    public static Pace times(double factor) {
        return new Pace(factor);
    }

    public boolean unlimited() {
        return Double.isInfinite(factor);
    }
}
