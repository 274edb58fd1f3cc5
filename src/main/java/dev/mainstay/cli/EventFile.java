package dev.mainstay.cli;

import dev.mainstay.reconcile.Event;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The event log of a simulation in a file: AWS writes and changes of phases and conditions, a line each. */
final class EventFile implements Consumer<Event>, AutoCloseable {
    private final BufferedWriter writer;
    private long lines;

    EventFile(Path path) {
        try {
            writer = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.BAD_USAGE,
                    "--events %s: cannot be written (%s); name a file in a directory that exists"
                            .formatted(path, e.getClass().getSimpleName()));
        }
    }

    @Override
    public void accept(Event event) {
        if (event.kind() == Event.Kind.HELD) {
            return;
        }
        try {
            writer.write(event.line());
            writer.write('\n');
            writer.flush(); // so that it can be followed, and a kill loses nothing
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long lines() {
        return lines;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
