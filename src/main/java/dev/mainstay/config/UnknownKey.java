package dev.mainstay.config;

import java.util.List;
import java.util.Optional;

/**
 * What to say of a key that does not exist.
 *
 * @param meant the known key beside it that was probably meant
 */
record UnknownKey(String message, Optional<String> meant) {
    private static final List<String> ROOTS = List.of("mainstay", "server", "spring", "management", "logging");

    /** @param path of the section in which the key stands; empty at the root */
    static UnknownKey of(KeyShape.Section section, String path, String name) {
        List<String> known =
                path.isEmpty() ? ROOTS : List.copyOf(section.children().keySet());
        Optional<String> near = Nearest.to(name, known);
        String help =
                near.map("did you mean %s?"::formatted).orElseGet(() -> "known here are " + String.join(", ", known));
        return new UnknownKey("unknown key; " + help, near);
    }
}
