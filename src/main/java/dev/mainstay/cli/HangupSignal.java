package dev.mainstay.cli;

/** SIGHUP, by which a daemon is asked to read its config again; without a handler it would end the JVM. */
final class HangupSignal {
    private HangupSignal() {}

    /**
     * Calls this on every SIGHUP from now on.
     *
     * @return false where none will come, as {@link PosixSignal} says
     */
    static boolean calls(Runnable action) {
        return PosixSignal.calls("HUP", action);
    }
}
