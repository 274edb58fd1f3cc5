package dev.mainstay.simulation.trace;

import java.util.List;

/**
 * Histories that cannot be replayed: all that is wrong with the files, each as {@code file:line: what, what is
 * allowed}.
 */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> messages;

    public TraceException(List<String> messages) {
        super(String.join(System.lineSeparator(), messages));
        this.messages = List.copyOf(messages);
    }

    /** One line per mistake, in the order of the files and their lines. */
    public List<String> messages() {
        return messages;
    }
}
