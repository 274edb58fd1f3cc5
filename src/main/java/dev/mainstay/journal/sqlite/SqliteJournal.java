package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.Journal;
import dev.mainstay.journal.JournalException;
import dev.mainstay.planning.Memory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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
    private final PreparedStatement read;
    private final PreparedStatement write;
    private final PreparedStatement remove;

    SqliteJournal(Connection connection, String where) throws SQLException {
        this.connection = connection;
        this.where = where;
        this.read = connection.prepareStatement("SELECT kind, key, value FROM entry WHERE cluster = ?");
        this.write = connection.prepareStatement("INSERT INTO entry (cluster, kind, key, value) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (cluster, kind, key) DO UPDATE SET value = excluded.value");
        this.remove = connection.prepareStatement("DELETE FROM entry WHERE cluster = ? AND kind = ? AND key = ?");
    }

    /**
     * Opens {@code journal.db} in this directory; makes both, for their owner only, where they do not exist.
     *
     * @throws JournalException if another process holds it, it is damaged, not a journal or of a newer version, or it
     *     cannot be written; never replaced by an empty one
     */
    public static SqliteJournal open(Path stateDirectory) {
        StateFile file = new StateFile(stateDirectory);
        return over(file.open(), file.toString());
    }

    /** A journal that is gone when it is closed. For simulations, in which it outlives the simulated crashes. */
    public static SqliteJournal inMemory() {
        try {
            return over(Database.inMemory(), "in memory");
        } catch (SQLException failure) {
            throw Failure.of("open a journal in memory", failure);
        }
    }

    private static SqliteJournal over(Connection connection, String where) {
        try {
            return new SqliteJournal(connection, where);
        } catch (SQLException failure) {
            throw Failure.of("open the journal " + where, failure);
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
        StoredMemory memory = new StoredMemory();
        int rows = 0;
        try {
            read.setString(1, cluster.value());
            try (ResultSet found = read.executeQuery()) {
                while (found.next()) {
                    rows++;
                    add(memory, cluster, found.getString(1), found.getString(2), found.getString(3));
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw Failure.of("read the journal " + where, failure);
        }
        Memory whole = memory.whole();
        if (whole == null && rows > 0) {
            throw Failure.damaged(where, "cluster %s has no row 'birth'".formatted(cluster));
        }
        return whole;
    }

    private void add(StoredMemory memory, ClusterName cluster, String label, String key, String value) {
        Kind kind = Kind.of(label);
        if (kind == null) {
            throw Failure.damaged(where, "cluster %s has a row of the unknown kind '%s'".formatted(cluster, label));
        }
        Row row = new Row(kind, key, value);
        try {
            memory.add(row);
        } catch (JacksonException | IllegalArgumentException unreadable) {
            throw Failure.unreadable(where, cluster, row, unreadable);
        }
    }

    private void append(ClusterName cluster, List<Row> rows) {
        try {
            for (Row row : rows) {
                apply(cluster, row);
            }
            connection.commit();
        } catch (SQLException failure) {
            JournalException told = Failure.of("write the journal " + where, failure);
            try {
                connection.rollback();
            } catch (SQLException alsoFailed) {
                // SQLite undoes a transaction by itself when the disk is full, and then has none to undo.
                told.addSuppressed(alsoFailed);
            }
            throw told;
        }
    }

    private void apply(ClusterName cluster, Row row) throws SQLException {
        PreparedStatement statement = row.value() == null ? remove : write;
        statement.setString(1, cluster.value());
        statement.setString(2, row.kind().label());
        statement.setString(3, row.key());
        if (row.value() != null) {
            statement.setString(4, row.value());
        }
        statement.executeUpdate();
    }
}
