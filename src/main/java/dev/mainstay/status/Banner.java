package dev.mainstay.status;

import java.util.Optional;

/** What the page says above everything else, such as that the AWS below is a simulated one. */
@FunctionalInterface
public interface Banner {
    Banner NONE = Optional::empty;

    Optional<String> text();
}
