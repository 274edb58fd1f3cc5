package dev.mainstay.journal.sqlite;

import dev.mainstay.journal.Journal;
import dev.mainstay.journal.JournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest implements JournalContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private SqliteJournal journal;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(directory);
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @AfterEach
    void close() {
        journal.close();
    }
}
