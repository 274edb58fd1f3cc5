package dev.mainstay.simulation.soak;

import dev.mainstay.journal.Journal;
import dev.mainstay.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the journal outlives the daemon. Used by the holder of the baton only. */
interface Disk extends AutoCloseable {
    /** The journal, for a daemon that starts. */
    Journal open();

    /** The daemon's process has died: nothing that it had open is closed in an orderly way. */
    void crash();

    @Override
    void close();

    static Disk of(JournalKind kind) {
        return switch (kind) {
            case MEMORY -> new InMemory();
            case FILE -> new OnFile();
        };
    }

    /** A database that is simply still there. */
    final class InMemory implements Disk {
        private final Journal journal = SqliteJournal.inMemory();

        @Override
        public Journal open() {
            return journal;
        }

        @Override
        public void crash() {}

        @Override
        public void close() {
            journal.close();
        }
    }

    /**
     * A temporary directory, removed at the end. To close a database tidies its files up, which no killed process does: so
     * the files are copied as they are at the crash, and the next start opens the copy.
     */
    final class OnFile implements Disk {
        private Path directory = temporary();
        private @Nullable Journal open;

        @Override
        public Journal open() {
            Journal journal = SqliteJournal.open(directory);
            open = journal;
            return journal;
        }

        @Override
        public void crash() {
            Path left = temporary();
            try {
                for (Path file : files(directory)) {
                    Files.copy(file, left.resolve(file.getFileName()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            close();
            directory = left;
        }

        @Override
        public void close() {
            if (open != null) {
                open.close();
                open = null;
            }
            try {
                for (Path file : files(directory)) {
                    Files.delete(file);
                }
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<Path> files(Path directory) throws IOException {
            if (!Files.isDirectory(directory)) {
                return List.of();
            }
            try (var files = Files.list(directory)) {
                return files.toList();
            }
        }

        private static Path temporary() {
            try {
                return Files.createTempDirectory("mainstay-soak");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
