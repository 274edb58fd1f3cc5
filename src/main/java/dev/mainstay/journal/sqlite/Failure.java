package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.JournalException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite and the file system say into what an operator needs: what failed, where, and what to do about it. */
final class Failure {
    private static final String HELD =
            "another process holds it. One state directory serves one Mainstay: stop the other one, or"
                    + " give this one a state directory of its own.";

    private static final String UNWRITABLE =
            "the file or its directory cannot be written. Make both writable for the user that runs Mainstay";

    private Failure() {}

    /** @param what the attempt, such as {@code "open the journal /var/lib/mainstay/journal.db"} */
    static JournalException of(String what, SQLException cause) {
        String said = "cannot %s: %s".formatted(what, explain(cause));
        return damage(cause) ? new DamagedJournal(said, cause) : new JournalException(said, cause);
    }

    private static boolean damage(SQLException cause) {
        SQLiteErrorCode code = codeOf(cause);
        return code != null && ((code.code & 0xff) == 11 || (code.code & 0xff) == 26);
    }

    static JournalException of(String what, IOException cause) {
        return new JournalException("cannot %s: %s".formatted(what, explain(cause)), cause);
    }

    static JournalException damaged(String where, String how) {
        return new DamagedJournal("the journal %s is damaged: %s.".formatted(where, how), null);
    }

    static JournalException unreadable(String where, ClusterName cluster, Row row, RuntimeException cause) {
        return new DamagedJournal(
                "the journal %s is damaged: cluster %s, row %s cannot be read: %s."
                        .formatted(where, cluster, row, oneLine(cause)),
                cause);
    }

    static JournalException held(String where) {
        return new JournalException("cannot open the journal %s: %s".formatted(where, HELD));
    }

    static JournalException unwritable(String where) {
        return new JournalException("cannot open the journal %s: %s.".formatted(where, UNWRITABLE));
    }

    static JournalException newer(String where, String theirs, String ours) {
        return new JournalException("the journal " + where + " was written by a newer Mainstay (its schema is version "
                + theirs + ", this Mainstay knows " + ours + "). Install that version again, or a later one.");
    }

    private static String explain(SQLException cause) {
        SQLiteErrorCode code = codeOf(cause);
        if (code == null) {
            return oneLine(cause);
        }
        // The low byte is the primary result code; the rest only says more closely where it happened.
        return switch (code.code & 0xff) {
            case 5, 6 -> HELD;
            case 13 -> "the disk is full. Nothing of this change was stored; make room on that file system.";
            case 3, 8, 14, 23 -> "%s (%s).".formatted(UNWRITABLE, code.name());
            case 10 -> "the disk failed to read or write (" + code.name() + "). Look at the kernel's log.";
            case 11 -> "the file is damaged.";
            case 26 -> "the file is not a database.";
            default -> oneLine(cause);
        };
    }

    private static String explain(IOException cause) {
        if (cause instanceof AccessDeniedException denied) {
            return "no permission on %s. Make it writable for the user that runs Mainstay.".formatted(denied.getFile());
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return "%s: %s.".formatted(system.getFile(), system.getReason());
        }
        if (cause instanceof FileSystemException system) {
            return "%s cannot be used (%s)."
                    .formatted(system.getFile(), cause.getClass().getSimpleName());
        }
        return oneLine(cause);
    }

    static @Nullable SQLiteErrorCode codeOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite.getResultCode();
            }
        }
        return null;
    }

    private static String oneLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
