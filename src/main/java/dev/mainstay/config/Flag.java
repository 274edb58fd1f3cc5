package dev.mainstay.config;

/** Yes or no, written as YAML 1.2 writes it: {@code on} and {@code yes} are words there, and are refused as such. */
record Flag(boolean value) {
    /** Spring's conversion calls this. */
    @SuppressWarnings("unused")
    public static Flag of(String text) {
        return switch (text) {
            case "true" -> new Flag(true);
            case "false" -> new Flag(false);
            default ->
                throw new IllegalArgumentException("%s is not allowed; needs true or false".formatted(Quoted.of(text)));
        };
    }
}
