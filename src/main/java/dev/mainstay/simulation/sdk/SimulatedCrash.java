package dev.mainstay.simulation.sdk;

/** The end of a simulated process in the middle of a call. An Error, so that no one carries on after it. */
public final class SimulatedCrash extends Error {
    public SimulatedCrash(String message) {
        super(message, null, false, false);
    }
}
