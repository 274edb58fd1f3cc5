package dev.mainstay.journal.sqlite;

import dev.mainstay.journal.JournalException;
import org.jspecify.annotations.Nullable;

/** The journal's file is there and is ours, and what it says cannot be relied on. */
final class DamagedJournal extends JournalException {
    private final String what;

    /** @param what which journal, and what is wrong with it */
    DamagedJournal(String what, @Nullable Throwable cause) {
        super(
                what
                        + " Restore a copy of it, or move it away, with the file journal.db-wal beside it, to begin with an"
                        + " empty journal: all budgets then start spent.",
                cause);
        this.what = what;
    }

    /** Without the advice. */
    String what() {
        return what;
    }
}
