package dev.mainstay.config;

/** US dollars, above 0: a price of zero would make everything look cheap that is only unknown. */
record Usd(double value) {
    private static final String FORM = "US dollars above 0 as a plain number, such as 0.0116";

    /** Spring's conversion calls this. */
    @SuppressWarnings("unused")
    public static Usd of(String text) {
        double value = Numbers.decimal(text, FORM);
        if (value <= 0) {
            throw Numbers.refused(text, FORM);
        }
        return new Usd(value);
    }
}
