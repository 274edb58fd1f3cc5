package dev.mainstay.simulation.sdk;

import java.util.function.Supplier;

/**
 * Sees every simulated call at its two edges: to count, to check invariants, to crash. What it throws goes to the caller
 * in place of the answer. Between the edges it stands where the network is.
 */
public interface CallBoundary {
    /** Sees nothing and does nothing. */
    CallBoundary OPEN = new CallBoundary() {};

    /** The call is about to be sent; nothing has happened yet. */
    default void before(Call call) {}

    /**
     * Carries the call there and its answer back, once and unchanged. It may also arrive twice, or never, and the answer
     * may be an earlier one or get lost. Not asked where a fault fails the call, and once more where it is tried again.
     *
     * @param there what AWS does each time the call arrives; throws where it is refused
     * @return what the caller hears, never null
     */
    default <R> R carry(Call call, Supplier<R> there) {
        return there.get();
    }

    /** The call has taken effect, or was refused; the caller has not heard of it yet. */
    default void after(Call call) {}
}
