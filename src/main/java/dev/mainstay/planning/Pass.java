package dev.mainstay.planning;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Observation;
import java.util.List;

/** One turn of a cluster's loop, finished: what was seen, remembered, decided and done. */
public record Pass(
        long number, ClusterSpec spec, Observation observation, Memory memory, Plan plan, List<Outcome> outcomes) {
    public Pass {
        outcomes = List.copyOf(outcomes);
    }
}
