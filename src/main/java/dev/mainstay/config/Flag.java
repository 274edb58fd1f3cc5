package dev.mainstay.config;

/** Yes or no, written {@code true} or {@code false}: YAML's other words for them are texts to some readers. */
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
