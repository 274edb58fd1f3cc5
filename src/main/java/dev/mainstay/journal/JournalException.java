package dev.mainstay.journal;

import org.jspecify.annotations.Nullable;

/** The journal could not be opened, read or written. The message says what and where, fit for an operator. */
public class JournalException extends RuntimeException {
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public JournalException(String message) {
        super(message);
    }
}
