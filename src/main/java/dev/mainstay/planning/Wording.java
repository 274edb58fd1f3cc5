package dev.mainstay.planning;

/** Turns reasons, actions and conditions into sentences; the only place that does. */
public final class Wording {
    private Wording() {}

    public static String of(Reason reason) {
        return reason.toString();
    }
}
