package dev.mainstay.journal.sqlite;

import dev.mainstay.journal.Journal;
import dev.mainstay.journal.JournalContract;
import org.junit.jupiter.api.AfterEach;

class InMemoryJournalTest implements JournalContract {
    private final SqliteJournal journal = SqliteJournal.inMemory();

    @Override
    public Journal journal() {
        return journal;
    }

    @AfterEach
    void close() {
        journal.close();
    }
}
