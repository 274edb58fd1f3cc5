package dev.mainstay.journal.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * One row of a cluster's memory.
 *
 * @param key empty for the kinds of which there is one
 * @param value JSON; null: the row is to go
 */
record Row(Kind kind, String key, @Nullable String value) {
    @Override
    public String toString() {
        return key.isEmpty() ? "'" + kind.label() + "'" : "'%s' of %s".formatted(kind.label(), key);
    }
}
