package dev.mainstay.simulation.sdk;

/**
 * Crashes once, at one edge of one call.
 *
 * @param number of the call, from 1
 */
public record CrashAt(long number, Edge edge) implements CallBoundary {
    /** Where in the call. */
    public enum Edge {
        /** Nothing was sent. */
        BEFORE_SENT,
        /** The call took effect, and nobody heard. */
        AFTER_SENT
    }

    @Override
    public void before(Call call) {
        crash(call, Edge.BEFORE_SENT);
    }

    @Override
    public void after(Call call) {
        crash(call, Edge.AFTER_SENT);
    }

    private void crash(Call call, Edge here) {
        if (call.number() == number && edge == here) {
            throw new SimulatedCrash("at call %d, %s".formatted(number, call.operation()));
        }
    }
}
