package dev.mainstay.status;

import java.util.Optional;

/** What the page says first of all when AWS is a simulated one: what in it is generated, recorded or scripted. */
@FunctionalInterface
public interface Banner {
    /** AWS is the real one. */
    Banner NONE = Optional::empty;

    /** A sentence or two, to stand after the words “Simulated AWS.”. */
    Optional<String> text();
}
