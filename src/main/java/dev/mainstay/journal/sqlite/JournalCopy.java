package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A private copy of a journal, for whoever only wants to look: it is taken whether or not a daemon holds the original, and
 * what is stored in it goes nowhere.
 */
public final class JournalCopy {
    private static final List<String> FILES = List.of(StateFile.NAME, StateFile.NAME + "-wal");

    private JournalCopy() {}

    /**
     * What this state directory remembers of these clusters; nothing, where there is no journal yet.
     *
     * @throws dev.mainstay.journal.JournalException if there is one that cannot be read
     */
    public static Journal of(Path stateDirectory, Collection<ClusterName> clusters, Instant now) {
        SqliteJournal copy = SqliteJournal.inMemory();
        if (!Files.exists(stateDirectory.resolve(StateFile.NAME))) {
            return copy;
        }
        try {
            Path directory = Files.createTempDirectory("mainstay-journal");
            try {
                for (String file : FILES) {
                    Path original = stateDirectory.resolve(file);
                    if (Files.exists(original)) {
                        Files.copy(original, directory.resolve(file));
                    }
                }
                try (SqliteJournal original = SqliteJournal.open(directory)) {
                    for (ClusterName cluster : clusters) {
                        copy.store(cluster, copy.load(cluster, now), original.load(cluster, now));
                    }
                }
            } finally {
                delete(directory);
            }
        } catch (IOException failure) {
            throw Failure.of("copy the journal " + stateDirectory.resolve(StateFile.NAME), failure);
        }
        return copy;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
