package dev.mainstay.cloud;

import dev.mainstay.cluster.FailureKind;

/** An AWS call that did not do what was asked, with what follows from it. The message is one line, fit for an operator. */
public final class CloudException extends RuntimeException {
    private final FailureKind kind;

    public CloudException(FailureKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public CloudException(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }
}
