package dev.mainstay.simulation.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a set of files, so that all of it is said at once. Not thread-safe. */
final class Mistakes {
    /** A file of the wrong kind has a mistake on every line: after ten, only their number is of interest. */
    private static final int MOST_PER_FILE = 10;

    private final List<String> messages = new ArrayList<>();
    private int inFile;

    /** A mistake of a file as a whole, of a path that is no file, or of what several files say of one thing. */
    void add(Object where, String message) {
        messages.add(where + ": " + message);
    }

    void add(Path file, int line, String message) {
        if (++inFile <= MOST_PER_FILE) {
            messages.add(file + ":" + line + ": " + message);
        }
    }

    /** Says how many mistakes of this file were left out. Called after each file. */
    void close(Path file) {
        if (inFile > MOST_PER_FILE) {
            messages.add("%s: and %d more such mistakes".formatted(file, inFile - MOST_PER_FILE));
        }
        inFile = 0;
    }

    /** Whether a line of the file that is being read was wrong. */
    boolean inFile() {
        return inFile > 0;
    }

    /** @throws TraceException if there is any mistake */
    void raise() {
        if (!messages.isEmpty()) {
            throw new TraceException(messages);
        }
    }
}
