package dev.mainstay.planning;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The wall clock was set back. What is remembered of a time that has not come yet happens now at the latest, or a pause, a
 * budget or a dwell would last for as long as the clock was wrong.
 */
final class SetBack {
    private final Instant now;

    private SetBack(Instant now) {
        this.now = now;
    }

    static Memory to(Instant now, Memory memory) {
        SetBack back = new SetBack(now);
        Memory.LaunchBackOff launchBackOff = memory.launchBackOff();
        Canary canary = memory.canary();
        Memory.Seen seen = memory.seen();
        return memory.withSeen(seen == null ? null : new Memory.Seen(back.earlier(seen.wall()), seen.uptime()))
                .withNodes(each(memory.nodes(), node -> node.notAfter(now)))
                .withPools(each(memory.pools(), pool -> pool.notAfter(now)))
                .withIntents(each(memory.intents(), back::intent))
                .withSpendings(memory.spendings().stream()
                        .map(spending ->
                                new Memory.Spending(spending.budget(), back.earlier(spending.at()), spending.count()))
                        .toList())
                .withLaunchBackOff(launchBackOff == null ? null : launchBackOff.notAfter(now))
                .withRefusals(
                        each(memory.refusals(), refusal -> new Refusal(refusal.reason(), back.earlier(refusal.at()))))
                .withReturns(memory.returns().notAfter(now))
                .withCanary(canary == null ? null : canary.notAfter(now))
                .withLineages(each(
                        memory.lineages(),
                        lineage -> new Lineage(
                                lineage.remedies().stream().map(back::earlier).toList())));
    }

    private Intent intent(Intent intent) {
        Instant abandoned = intent.abandonedAt();
        return new Intent(
                intent.id(), intent.action(), earlier(intent.madeAt()), abandoned == null ? null : earlier(abandoned));
    }

    private Instant earlier(Instant then) {
        return then.isAfter(now) ? now : then;
    }

    private static <K extends Comparable<K>, V> SortedMap<K, V> each(SortedMap<K, V> all, UnaryOperator<V> change) {
        SortedMap<K, V> changed = new TreeMap<>(all);
        changed.replaceAll((_, value) -> change.apply(value));
        return changed;
    }
}
