package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * In which order nodes go that are too many: who serves nobody, stand-ins, the exhausted, then from the fullest zone, then
 * the youngest. A zone from which one was taken is less full.
 */
final class Victims {
    private final boolean standIns;
    private final Draft draft;
    private final Map<Zone, Integer> taken = new HashMap<>();

    /** @param standIns whether on-demand nodes stand in, so that they go before spot nodes */
    Victims(boolean standIns, Draft draft) {
        this.standIns = standIns;
        this.draft = draft;
    }

    Standing first(Collection<Standing> candidates) {
        return candidates.stream().min(order()).orElseThrow();
    }

    void took(Standing node) {
        taken.merge(zone(node), 1, Integer::sum);
    }

    private Comparator<Standing> order() {
        return Comparator.comparing(Standing::inService)
                .thenComparing(node -> !(standIns && node.onDemand()))
                .thenComparing(node -> node.memory().credits().exhaustedSince() == null)
                .thenComparing(node -> taken.getOrDefault(zone(node), 0) - draft.countedIn(zone(node)))
                .thenComparing(Victims::launchedAt, Comparator.reverseOrder())
                .thenComparing(Standing::id);
    }

    private static Instant launchedAt(Standing node) {
        return node.memory().instance().launchedAt();
    }

    private static Zone zone(Standing node) {
        return node.memory().instance().zone();
    }
}
