package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.JournalException;
import dev.mainstay.planning.Memory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The journal in one SQLite database, which only this process can open. A commit is on the disk when {@link #store}
 * returns (write-ahead log, {@code synchronous = FULL}). The time of the last sight is stored only with another change, or
 * while a destructive timer runs, so that a quiet pass writes nothing. Thread-safe: one call at a time.
 */
public final class SqliteJournal implements Journal {
    private final Connection connection;
    private final String where;
    private final EntryTable table;

    SqliteJournal(Connection connection, String where) {
        this.connection = connection;
        this.where = where;
        this.table = new EntryTable(connection);
    }

    /**
     * Opens {@code journal.db} in this directory; makes both, for their owner only, where they do not exist.
     *
     * @throws JournalException if another process holds it, it is damaged, not a journal or of a newer version, or it
     *     cannot be written; never replaced by an empty one
     */
    public static SqliteJournal open(Path stateDirectory) {
        StateFile file = new StateFile(stateDirectory);
        return new SqliteJournal(file.open(), file.toString());
    }

    /**
     * The same for a daemon that has to go on: a damaged journal is kept aside under another name, and an empty one takes
     * its place, as after a journal that was lost. The clusters' tags tell the rest, and all budgets start spent.
     *
     * @param told hears, fit for an operator, what is wrong and where the damaged one is now
     * @throws JournalException as {@link #open} does, but for damage
     */
    public static SqliteJournal recover(Path stateDirectory, Instant now, Consumer<String> told) {
        try {
            return open(stateDirectory);
        } catch (DamagedJournal damage) {
            Path aside = new StateFile(stateDirectory).setAside(now);
            SqliteJournal empty = open(stateDirectory);
            told.accept(damage.what()
                    + " It is kept as %s, and an empty journal begins: the nodes are found by their tags, and all budgets start spent."
                            .formatted(aside));
            return empty;
        }
    }

    /** A journal that is gone when it is closed. For simulations, in which it outlives the simulated crashes. */
    public static SqliteJournal inMemory() {
        try {
            return new SqliteJournal(Database.inMemory(), "in memory");
        } catch (SQLException failure) {
            throw Failure.of("open a journal in memory", failure);
        }
    }

    @Override
    public synchronized Memory load(ClusterName cluster, Instant now) {
        Memory stored = read(cluster);
        if (stored != null) {
            return stored;
        }
        Memory born = Memory.born(now);
        append(cluster, List.of(new Row(Kind.BIRTH, "", Json.write(born.birth()))));
        return born;
    }

    @Override
    public synchronized void store(ClusterName cluster, Memory before, Memory after) {
        List<Row> rows = Difference.between(before, after);
        if (!rows.isEmpty()) {
            append(cluster, rows);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw Failure.of("close the journal " + where, failure);
        }
    }

    private @Nullable Memory read(ClusterName cluster) {
        List<EntryTable.Stored> rows;
        try {
            rows = table.read(cluster);
        } catch (SQLException failure) {
            throw Failure.of("read the journal " + where, failure);
        }
        StoredMemory memory = new StoredMemory();
        rows.forEach(row -> add(memory, cluster, row));
        Memory whole = memory.whole();
        if (whole == null && !rows.isEmpty()) {
            throw Failure.damaged(where, "cluster %s has no row 'birth'".formatted(cluster));
        }
        return whole;
    }

    private void add(StoredMemory memory, ClusterName cluster, EntryTable.Stored stored) {
        Kind kind = Kind.of(stored.kind());
        if (kind == null) {
            throw Failure.damaged(
                    where, "cluster %s has a row of the unknown kind '%s'".formatted(cluster, stored.kind()));
        }
        Row row = new Row(kind, stored.key(), stored.value());
        try {
            memory.add(row);
        } catch (JacksonException | IllegalArgumentException unreadable) {
            throw Failure.unreadable(where, cluster, row, unreadable);
        }
    }

    private void append(ClusterName cluster, List<Row> rows) {
        try {
            table.append(cluster, rows);
        } catch (SQLException failure) {
            throw Failure.of("write the journal " + where, failure);
        }
    }
}
