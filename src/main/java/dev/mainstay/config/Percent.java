package dev.mainstay.config;

/**
 * A share, written with its sign. Without the sign {@code 40} and {@code 0.4} would have to be guessed at.
 *
 * @param ratio 0 to 1
 */
record Percent(double ratio) {
    private static final String FORM = "a percentage from 0% to 100%, such as 40%";

    /** Spring's conversion calls this. */
    @SuppressWarnings("unused")
    public static Percent of(String text) {
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException(
                    "%s has no percent sign; percentages need their %%, as in 40%%".formatted(Quoted.of(text)));
        }
        double percent = Numbers.decimal(text, text.substring(0, text.length() - 1), FORM);
        if (percent > 100) {
            throw Numbers.refused(text, FORM);
        }
        return new Percent(percent / 100);
    }
}
