package dev.mainstay.backtest;

import java.util.ArrayList;
import java.util.List;

/** How one run went, as what changed at which tick, to be drawn. Not thread-safe while it is made. */
public final class Course {
    /** What holds from a tick on. Zones are numbered; the nodes of each zone are alive, whether or not they serve. */
    public record Step(int tick, int spot, int onDemand, int notServing, List<Integer> perZone) {
        public int serving() {
            return spot + onDemand;
        }

        private boolean sameAs(Step other) {
            return spot == other.spot
                    && onDemand == other.onDemand
                    && notServing == other.notServing
                    && perZone.equals(other.perZone);
        }
    }

    private final List<Step> steps = new ArrayList<>();

    void add(Step step) {
        if (steps.isEmpty() || !step.sameAs(steps.getLast())) {
            steps.add(step);
        }
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }
}
