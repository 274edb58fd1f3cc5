package dev.mainstay.cli;

/**
 * A command's way to end with an error that its user can understand: the message is printed as it is, without a stack
 * trace, and says what is wrong, where, and what to do.
 */
public final class CommandFailed extends RuntimeException {
    private final ExitCode exitCode;

    public CommandFailed(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
