package dev.mainstay.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to say of a key that does not exist.
 *
 * @param meant the known key beside it that was probably meant
 */
record UnknownKey(String message, Optional<String> meant) {
    private static final List<String> ROOTS = List.of("mainstay", "server", "spring", "management", "logging");

    /** In the design, or in common use, but not built: a better answer than "unknown". */
    private static final Map<String, UnknownKey> NOT_YET = Map.of(
            "load-balancer.classic",
            new UnknownKey(
                    "classic load balancers are not supported in this version; use target-groups",
                    Optional.of("target-groups")));

    /** @param path of the section in which the key stands; empty at the root */
    static UnknownKey of(KeyShape.Section section, String path, String name) {
        List<String> known =
                path.isEmpty() ? ROOTS : List.copyOf(section.children().keySet());
        return NOT_YET.entrySet().stream()
                .filter(entry -> (path + "." + name).endsWith("." + entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> {
                    Optional<String> near = Nearest.to(name, known);
                    String help = near.map("did you mean %s?"::formatted)
                            .orElseGet(() -> "known here are " + String.join(", ", known));
                    return new UnknownKey("unknown key; " + help, near);
                });
    }
}
