package dev.mainstay.config;

/** An amount of something that has its unit in the key, such as CPU credits: 0 or more. */
record Amount(double value) {

    /** Spring's conversion calls this. */
    @SuppressWarnings("unused")
    public static Amount of(String text) {
        return new Amount(Numbers.decimal(text, "a number of 0 or more, such as 5 or 0.5"));
    }
}
