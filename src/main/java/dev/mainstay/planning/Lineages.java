package dev.mainstay.planning;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who continues whom. A launch of one node carries the lineage of the node that it replaces in its tag. Several nodes are
 * launched in one call, and a call carries one tag: of them each new node, when it is first seen, continues the lineage of
 * one that goes or went without a successor, the longest gone first. Only lineages with a remedy of late are continued so;
 * of the others nobody asks.
 */
final class Lineages {
    /** A remedy that lasted less than this did not help. */
    private static final Duration LASTS = Duration.ofHours(6);

    /** Remedies of which a third would come too soon. */
    private static final int FUTILE = 2;

    private static final Duration KEPT = Duration.ofHours(24);

    private final List<NodeMemory> goers;

    /** The nodes of a lineage with remedies that go or went, and that nobody has replaced yet. */
    Lineages(Collection<NodeMemory> nodes, SortedMap<String, Lineage> remedied) {
        if (remedied.isEmpty()) {
            goers = new ArrayList<>();
            return;
        }
        Set<String> held = new HashSet<>();
        nodes.stream().filter(node -> !goes(node)).forEach(node -> held.add(of(node)));
        goers = new ArrayList<>(nodes.stream()
                .filter(node -> goes(node) && remedied.containsKey(of(node)) && held.add(of(node)))
                .sorted(Comparator.comparing(Lineages::since)
                        .thenComparing(node -> node.instance().id()))
                .toList());
    }

    /**
     * The new node, with the lineage that it continues.
     *
     * @param promoted whether it is of the type that exhausted nodes are promoted to
     */
    NodeMemory continued(NodeMemory fresh, boolean promoted) {
        boolean tagged = tag(fresh) != null;
        NodeMemory before = goers.stream()
                .filter(node -> !tagged || of(node).equals(tag(fresh)))
                .min(Comparator.comparing(node -> promotes(node) != promoted))
                .orElse(null);
        if (before == null) {
            return fresh;
        }
        goers.remove(before);
        return tagged ? fresh : fresh.with(fresh.credits().withLineage(of(before)));
    }

    /** A node's lineage: the one that it was seen to continue, else that of its tag, else its own. */
    static String of(NodeMemory node) {
        String tagged = tag(node);
        return node.credits().lineage() != null
                ? node.credits().lineage()
                : tagged != null ? tagged : node.instance().id().value();
    }

    /** The remedies after this one. */
    static SortedMap<String, Lineage> remedied(SortedMap<String, Lineage> before, String lineage, Instant now) {
        SortedMap<String, Lineage> after = new TreeMap<>(before);
        List<Instant> remedies = new ArrayList<>(
                before.containsKey(lineage) ? before.get(lineage).remedies() : List.of());
        remedies.add(now);
        after.put(lineage, new Lineage(remedies.subList(Math.max(0, remedies.size() - FUTILE), remedies.size())));
        return after;
    }

    /** The remedies after this deed to this node; one for another reason, or to a node that is not known, is none. */
    static SortedMap<String, Lineage> remedied(
            SortedMap<String, Lineage> before, Reason reason, @Nullable NodeMemory node, Instant at) {
        return node != null && reason instanceof Reason.Remedied ? remedied(before, of(node), at) : before;
    }

    /** The remedies after those that a plan begins by giving nodes up. */
    static SortedMap<String, Lineage> after(
            Plan plan, SortedMap<NodeId, NodeMemory> nodes, SortedMap<String, Lineage> before) {
        SortedMap<String, Lineage> after = before;
        for (Map.Entry<NodeId, Reason> condemned : plan.condemnations().entrySet()) {
            NodeMemory node = nodes.get(condemned.getKey());
            if (node != null && condemned.getValue() instanceof Reason.Remedied) {
                after = remedied(after, of(node), plan.at());
            }
        }
        return after;
    }

    /** Without those whose last remedy was long ago. One with a node that has been out of credits ever since stays. */
    static SortedMap<String, Lineage> recent(
            SortedMap<String, Lineage> before, Collection<NodeMemory> nodes, Instant now) {
        if (before.isEmpty()) {
            return before;
        }
        Set<String> exhausted = new HashSet<>();
        nodes.stream()
                .filter(node -> !node.lost() && node.credits().exhaustedSince() != null)
                .forEach(node -> exhausted.add(of(node)));
        SortedMap<String, Lineage> after = new TreeMap<>(before);
        after.entrySet()
                .removeIf(entry -> !exhausted.contains(entry.getKey())
                        && entry.getValue().remedies().stream()
                                .allMatch(at -> !at.plus(KEPT).isAfter(now)));
        return after;
    }

    /** Whether the last two remedies did not last, the trouble having come back then. */
    static boolean futile(Lineage lineage, Instant troubleSince) {
        List<Instant> remedies = lineage.remedies();
        if (remedies.size() < FUTILE) {
            return false;
        }
        Instant last = remedies.getLast();
        Instant before = remedies.get(remedies.size() - FUTILE);
        return before.plus(LASTS).isAfter(last) && last.plus(LASTS).isAfter(troubleSince);
    }

    /** The lineage in its tag, where a launch continued one; a new one carries the launch's own intent there. */
    private static @Nullable String tag(NodeMemory node) {
        String tag = node.instance().lineage().orElse(null);
        boolean own = tag != null
                && node.instance()
                        .intent()
                        .filter(intent -> intent.value().equals(tag))
                        .isPresent();
        return own ? null : tag;
    }

    private static boolean goes(NodeMemory node) {
        return node.lost() || node.condemned() != null || node.notice() != null || node.terminatedAt() != null;
    }

    private static Instant since(NodeMemory node) {
        if (node.condemned() != null) {
            return node.condemned().since();
        }
        return node.lostAt() != null ? node.lostAt() : node.firstSeen();
    }

    private static boolean promotes(NodeMemory node) {
        return node.condemned() != null
                && node.condemned().reason() instanceof Reason.Remedied remedied
                && remedied.remedy() == Remedy.PROMOTE;
    }
}
