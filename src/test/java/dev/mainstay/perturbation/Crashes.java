package dev.mainstay.perturbation;

import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Crashes the daemon at these points, one after the other. */
final class Crashes implements Interference {
    private final Deque<Crash> left;
    /** The number of the last call that was answered. */
    private long answered;

    Crashes(List<Crash> crashes) {
        this.left = new ArrayDeque<>(crashes);
    }

    @Override
    public void before(Call call) {
        crash(Crash.Edge.BEFORE_SENT, call.number());
        crash(Crash.Edge.AFTER_ANSWER, answered);
    }

    @Override
    public void after(Call call) {
        answered = call.number();
        crash(Crash.Edge.AFTER_SENT, answered);
    }

    @Override
    public void beforeStore() {
        crash(Crash.Edge.AFTER_ANSWER, answered);
    }

    @Override
    public void afterStore() {
        crash(Crash.Edge.AFTER_JOURNAL, answered);
    }

    /** At or after the call: what a crash before it made of the play may be short of one edge of it. */
    private void crash(Crash.Edge here, long number) {
        Crash next = left.peek();
        if (next != null && next.edge() == here && next.call() <= number) {
            left.remove();
            throw new SimulatedCrash("at " + next);
        }
    }
}
