package dev.mainstay.simulation.sdk;

/**
 * Sees every simulated call at its two edges: to count, to check invariants, to crash. What it throws goes to the caller
 * in place of the answer.
 */
public interface CallBoundary {
    /** Sees nothing and does nothing. */
    CallBoundary OPEN = new CallBoundary() {};

    /** The call is about to be sent; nothing has happened yet. */
    default void before(Call call) {}

    /** The call has taken effect, or was refused; the caller has not heard of it yet. */
    default void after(Call call) {}
}
