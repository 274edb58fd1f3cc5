package dev.mainstay.planning.rule;

import dev.mainstay.cluster.Zone;
import dev.mainstay.planning.Draft;
import dev.mainstay.planning.Situation;
import dev.mainstay.planning.SpotPools;
import dev.mainstay.planning.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * In which order nodes go that are too many: who serves nobody, the exhausted, then from the fullest zone (where price is
 * the whole market, from the dearest pool), then the youngest. A zone from which one was taken is less full.
 */
final class Victims {
    private final SpotPools pools;
    private final Draft draft;
    private final Map<Zone, Integer> taken = new HashMap<>();
    /** In each zone the next one to go first: within a zone, how full it is makes no difference. */
    private final Map<Zone, PriorityQueue<Standing>> queues = new TreeMap<>();

    private final Comparator<Standing> order;

    Victims(Collection<Standing> candidates, Situation situation, Draft draft) {
        this.pools = situation.spotPools();
        this.draft = draft;
        Comparator<Standing> own = Comparator.comparing(Standing::inService)
                .thenComparing(node -> node.memory().credits().exhaustedSince() == null)
                .thenComparingDouble(this::dearness);
        Comparator<Standing> youngest = Comparator.comparing(Victims::launchedAt, Comparator.reverseOrder())
                .thenComparing(Standing::id);
        this.order = own.thenComparingInt(this::room).thenComparing(youngest);
        Comparator<Standing> withinZone = own.thenComparing(youngest);
        for (Standing node : candidates) {
            queues.computeIfAbsent(zone(node), _ -> new PriorityQueue<>(withinZone))
                    .add(node);
        }
    }

    /** Who is to go next, which is asked once of each; empty where nobody is left. */
    Optional<Standing> next() {
        Optional<Standing> next = queues.values().stream()
                .flatMap(queue -> Stream.ofNullable(queue.peek()))
                .min(order);
        next.ifPresent(node -> Objects.requireNonNull(queues.get(zone(node))).remove());
        return next;
    }

    void took(Standing node) {
        taken.merge(zone(node), 1, Integer::sum);
    }

    /** How much less full than others the node's zone is: less than zero, the less the fuller. */
    private int room(Standing node) {
        return taken.getOrDefault(zone(node), 0) - draft.countedIn(zone(node));
    }

    /** Where price is the whole market a spot node too many is mostly the rest of a move. */
    private double dearness(Standing node) {
        return pools.bidEra() && !node.onDemand()
                ? -pools.burden(node.memory().instance().pool())
                : 0;
    }

    private static Instant launchedAt(Standing node) {
        return node.memory().instance().launchedAt();
    }

    private static Zone zone(Standing node) {
        return node.memory().instance().zone();
    }
}
