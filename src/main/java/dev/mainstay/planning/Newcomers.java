package dev.mainstay.planning;

import dev.mainstay.cluster.Instance;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.cluster.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose a node is that carries our tag and that we have not met before. Ours, where no launch made it (an operator gave it
 * the tag), where its launch is in the journal, where it was ours before, or where it is older than the journal and ten
 * minutes: an earlier journal was lost. An orphan, where its launch was given up. Else another supervisor's.
 */
final class Newcomers {
    /** The last launch of whoever wrote an earlier journal may have been answered so late. */
    private static final Duration EARLIER_JOURNAL = Duration.ofMinutes(10);

    /** Long enough for a tag that was taken off over a weekend, and for every old answer of EC2. */
    private static final Duration DEPARTED_KEPT = Duration.ofDays(7);

    /** From its first sight an orphan waits for so long, in case that it is missed. */
    static final Duration ORPHAN_GRACE = Duration.ofMinutes(15);

    private final Memory memory;
    private final Instant now;
    private final Map<NodeId, Instant> departed = new HashMap<>();
    private final List<Strangers.Claim> claims = new ArrayList<>();
    private @Nullable Set<IntentId> known;

    Newcomers(Memory memory, Instant now) {
        this.memory = memory;
        this.now = now;
        memory.strangers().departed().forEach(departure -> departed.put(departure.node(), departure.at()));
    }

    /** The memory of a node that was just met. */
    NodeMemory met(NodeMemory node) {
        Instance instance = node.instance();
        boolean returns = departed.remove(instance.id()) != null;
        IntentId intent = instance.intent().orElse(null);
        if (returns || intent == null) {
            return node;
        }
        Intent launch = memory.intents().get(intent);
        if (launch != null) {
            return launch.open() ? node : node.condemned(new Reason.Orphaned(now, ORPHAN_GRACE), now);
        }
        // EC2's clock may be ahead of ours: what is met while the journal is young was there before it in any case.
        Instant grown = memory.birth().plus(EARLIER_JOURNAL);
        boolean earlier = instance.launchedAt().isBefore(grown) || now.isBefore(grown);
        if (!earlier && !known().contains(intent)) {
            claims.add(new Strangers.Claim(instance.id(), intent));
        }
        return node;
    }

    /** The node is forgotten. */
    void forgotten(NodeMemory node) {
        if (!node.orphaned() && !memory.strangers().claimed(node.instance().id())) {
            departed.put(node.instance().id(), now);
        }
    }

    /** The launches of the nodes that are ours: of one that made several, some may be seen later than others. */
    private Set<IntentId> known() {
        if (known == null) {
            Set<IntentId> ours = new HashSet<>();
            memory.nodes().values().stream()
                    .map(NodeMemory::instance)
                    .filter(instance -> !memory.strangers().claimed(instance.id()))
                    .forEach(instance -> instance.intent().ifPresent(ours::add));
            known = ours;
        }
        return known;
    }

    /** @param nodes all that are remembered now; those that are ours from now on are met anew */
    Strangers strangers(SortedMap<NodeId, NodeMemory> nodes) {
        List<Strangers.Departure> kept = departed.entrySet().stream()
                .filter(each -> each.getValue().plus(DEPARTED_KEPT).isAfter(now))
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new Strangers.Departure(each.getKey(), each.getValue()))
                .toList();
        Strangers before = memory.strangers();
        Strangers.Rival rival = rival(before.rival(), nodes);
        Strangers after = new Strangers(kept, rival);
        return after.equals(before) ? before : after;
    }

    private Strangers.@Nullable Rival rival(Strangers.@Nullable Rival before, SortedMap<NodeId, NodeMemory> nodes) {
        if (before == null && claims.isEmpty()) {
            return null;
        }
        List<Strangers.Claim> all = new ArrayList<>(before == null ? List.of() : before.claims());
        all.addAll(claims);
        all.removeIf(claim -> !there(nodes.get(claim.node())));
        // Who takes the tag of the launch off a node that carries our own gives it to us, and it is met now.
        List<NodeId> given = all.stream()
                .map(Strangers.Claim::node)
                .filter(id -> !launched(nodes.get(id)))
                .toList();
        given.forEach(id -> nodes.computeIfPresent(id, (key, node) -> NodeMemory.of(node.instance(), now)));
        all.removeIf(claim -> given.contains(claim.node()));
        if (!given.isEmpty() && all.isEmpty()) {
            return null;
        }
        return new Strangers.Rival(all, before == null ? now : before.since());
    }

    private static boolean there(@Nullable NodeMemory node) {
        return node != null && !node.lost();
    }

    private static boolean launched(@Nullable NodeMemory node) {
        return node != null && node.instance().intent().isPresent();
    }
}
