package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.Labelled;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a row is about. The labels stand in every database that exists: a constant can be added, not renamed. */
enum Kind implements Labelled {
    BIRTH,
    SEEN,
    NODE,
    POOL,
    INTENT,
    /** The whole list in one row: its order matters, and the budgets keep it short. */
    SPENDINGS,
    LAUNCH_BACK_OFF,
    REFUSAL,
    CONDITION,
    HOLDS,
    RETURNS,
    CANARY,
    VERSIONS,
    LINEAGE,
    MONTH,
    STRANGERS;

    private static final Map<String, Kind> BY_LABEL =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Kind::label, kind -> kind));

    private final String stored = Labelled.super.label();

    @Override
    public String label() {
        return stored;
    }

    static @Nullable Kind of(String label) {
        return BY_LABEL.get(label);
    }
}
