package dev.mainstay.status;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Outcome;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.Withheld;
import dev.mainstay.planning.Wording;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was done lately, and why: the newest decisions of each cluster, in memory only. Each published pass is to be given
 * to it once. What is held back pass after pass is told when it begins, and what fails pass after pass is one line with a
 * count, so that neither drives out what else happened. Thread-safe.
 */
public final class DecisionFeed implements Consumer<Pass> {
    private final int limit;
    private final Map<ClusterName, Deque<Entry>> newestFirst = new HashMap<>();
    private final Map<ClusterName, Set<Object>> heldBefore = new HashMap<>();

    private record Entry(Object key, Decision decision) {}

    /** What makes two withheld actions, or two failures, the same one again. Reasons carry numbers that change. */
    private record Key(Object what, @Nullable Object how) {}

    /** @param limit how many decisions are kept of each cluster */
    public DecisionFeed(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void accept(Pass pass) {
        ClusterName cluster = pass.spec().name();
        Deque<Entry> entries = newestFirst.computeIfAbsent(cluster, _ -> new ArrayDeque<>());
        withheld(pass, entries);
        pass.outcomes().forEach(outcome -> add(entries, entry(cluster, outcome)));
        while (entries.size() > limit) {
            entries.removeLast();
        }
    }

    /** The newest decisions of this cluster, newest first. */
    public synchronized List<Decision> newest(ClusterName cluster, int count) {
        Deque<Entry> entries = newestFirst.getOrDefault(cluster, new ArrayDeque<>());
        return entries.stream().limit(count).map(Entry::decision).toList();
    }

    private void withheld(Pass pass, Deque<Entry> entries) {
        ClusterName cluster = pass.spec().name();
        Set<Object> before = heldBefore.getOrDefault(cluster, Set.of());
        Set<Object> held = new HashSet<>();
        for (Withheld each : pass.plan().withheld()) {
            Key key = new Key(what(each.action()), each.guard());
            if (held.add(key) && !before.contains(key)) {
                Decision decision = new Decision(
                        cluster,
                        pass.plan().at(),
                        Decision.Verdict.WITHHELD,
                        Wording.deed(each.action()),
                        Wording.of(each.action().reason()),
                        Wording.of(each.reason()),
                        each.guard().label(),
                        1);
                entries.addFirst(new Entry(key, decision));
            }
        }
        heldBefore.put(cluster, held);
    }

    private static Entry entry(ClusterName cluster, Outcome outcome) {
        Decision.Verdict verdict = switch (outcome.result()) {
            case Outcome.Result.Done _ -> Decision.Verdict.DONE;
            case Outcome.Result.Failed _ -> Decision.Verdict.FAILED;
            case Outcome.Result.Dropped _ -> Decision.Verdict.DROPPED;
        };
        Object how = outcome.result() instanceof Outcome.Result.Failed failed ? failed.kind() : verdict;
        Action action = outcome.action();
        return new Entry(
                new Key(what(action), how),
                new Decision(
                        cluster,
                        outcome.at(),
                        verdict,
                        Wording.deed(action),
                        Wording.of(action.reason()),
                        detail(outcome.result()),
                        null,
                        1));
    }

    private static void add(Deque<Entry> entries, Entry entry) {
        if (entry.decision().verdict() == Decision.Verdict.DONE) {
            entries.addFirst(entry);
            return;
        }
        // A failure is joined to its like only if nothing else was done in between: order is part of the story.
        for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
            Entry earlier = each.next();
            if (earlier.decision().verdict() == Decision.Verdict.DONE) {
                break;
            }
            if (earlier.key().equals(entry.key())) {
                each.remove();
                entries.addFirst(new Entry(entry.key(), earlier.decision().again(entry.decision())));
                return;
            }
        }
        entries.addFirst(entry);
    }

    private static Object what(Action action) {
        return action instanceof Action.Launch launch
                ? List.of(launch.kind(), launch.market(), launch.pool(), launch.role())
                : List.of(action.kind(), action.subject().orElseThrow());
    }

    private static @Nullable String detail(Outcome.Result result) {
        boolean plain =
                result instanceof Outcome.Result.Done done && done.launched().isEmpty();
        return plain ? null : Wording.of(result);
    }
}
