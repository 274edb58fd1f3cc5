package dev.mainstay.journal.sqlite;

import dev.mainstay.planning.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows in which two memories differ. Only what differs is turned into JSON: most of a memory stays from pass to pass. */
final class Difference {
    private final List<Row> rows = new ArrayList<>();

    private Difference() {}

    /** Empty when there is nothing to store. */
    static List<Row> between(Memory before, Memory after) {
        Difference difference = new Difference();
        difference.compare(before, after);
        return difference.rows;
    }

    private void compare(Memory before, Memory after) {
        single(Kind.BIRTH, before.birth(), after.birth());
        each(Kind.NODE, before.nodes(), after.nodes(), Json::text);
        each(Kind.POOL, before.pools(), after.pools(), PoolKey::of);
        each(Kind.INTENT, before.intents(), after.intents(), Json::text);
        single(Kind.SPENDINGS, before.spendings(), after.spendings());
        single(Kind.LAUNCH_BACK_OFF, before.launchBackOff(), after.launchBackOff());
        each(Kind.REFUSAL, before.refusals(), after.refusals(), Enum::name);
        each(Kind.CONDITION, before.conditions(), after.conditions(), Enum::name);
        single(Kind.HOLDS, before.holds(), after.holds());
        single(Kind.RETURNS, before.returns(), after.returns());
        single(Kind.CANARY, before.canary(), after.canary());
        each(Kind.LINEAGE, before.lineages(), after.lineages(), name -> name);
        single(Kind.VERSIONS, before.versions(), after.versions());
        single(Kind.MONTH, before.month(), after.month());
        single(Kind.STRANGERS, before.strangers(), after.strangers());
        // While a timer runs the next start has to know how long nobody watched. Otherwise the last sight alone, which
        // is
        // new in every pass, is not worth a write: a quiet pass stores nothing.
        if (!rows.isEmpty() || (after.timed() && !Objects.equals(before.seen(), after.seen()))) {
            seen(after.seen());
        }
    }

    /** Written even where it did not change since {@code before}: that one may have come without another change. */
    private void seen(Memory.@Nullable Seen seen) {
        rows.add(new Row(Kind.SEEN, "", seen == null ? null : Json.write(seen.wall())));
    }

    private void single(Kind kind, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            rows.add(new Row(kind, "", after == null ? null : Json.write(after)));
        }
    }

    private <K, V> void each(
            Kind kind, SortedMap<K, V> before, SortedMap<K, V> after, Function<? super K, String> key) {
        for (Map.Entry<K, V> entry : after.entrySet()) {
            if (!Objects.equals(before.get(entry.getKey()), entry.getValue())) {
                rows.add(new Row(kind, key.apply(entry.getKey()), Json.write(entry.getValue())));
            }
        }
        for (K gone : before.keySet()) {
            if (!after.containsKey(gone)) {
                rows.add(new Row(kind, key.apply(gone), null));
            }
        }
    }
}
