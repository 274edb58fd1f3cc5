package dev.mainstay.cli;

/** How every command ends. The numbers are a contract with scripts and service managers. */
public enum ExitCode {
    DONE(0),
    /** It could not be done: also when a daemon cannot be reached. */
    FAILED(1),
    BAD_USAGE(2),
    /** It was done, and the answer is no: changes are wanted, a limit is missed, something was found. */
    NO(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
