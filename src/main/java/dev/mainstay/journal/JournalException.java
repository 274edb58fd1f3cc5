package dev.mainstay.journal;

/** The journal could not be opened, read or written. The message says what and where, fit for an operator. */
public final class JournalException extends RuntimeException {
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }

    public JournalException(String message) {
        super(message);
    }
}
