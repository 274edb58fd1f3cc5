package dev.mainstay.journal.sqlite;

import dev.mainstay.cluster.ClusterName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of rows, through statements that are prepared once. Not thread-safe. */
final class EntryTable {
    private final Connection connection;

    /** Null before the first use, and after a failure: the driver closes a statement that failed. */
    private @Nullable Prepared prepared;

    EntryTable(Connection connection) {
        this.connection = connection;
    }

    /** A row as it stands in the table; its kind may be one that we do not know. */
    record Stored(String kind, String key, String value) {}

    List<Stored> read(ClusterName cluster) throws SQLException {
        try {
            PreparedStatement read = prepared().read;
            read.setString(1, cluster.value());
            List<Stored> rows = new ArrayList<>();
            try (ResultSet found = read.executeQuery()) {
                while (found.next()) {
                    rows.add(new Stored(found.getString(1), found.getString(2), found.getString(3)));
                }
            }
            return rows;
        } catch (SQLException failure) {
            prepared = null;
            throw failure;
        }
    }

    /** All of it or nothing. */
    void append(ClusterName cluster, List<Row> rows) throws SQLException {
        try {
            Prepared statements = prepared();
            statements.begin.execute();
            for (Row row : rows) {
                statements.apply(cluster, row);
            }
            statements.commit.execute();
        } catch (SQLException failure) {
            prepared = null;
            undo(failure);
            throw failure;
        }
    }

    /** SQLite ends a transaction by itself on a full disk, and then has nothing to undo. */
    private void undo(SQLException failure) {
        try (Statement rollback = connection.createStatement()) {
            rollback.execute("ROLLBACK");
        } catch (SQLException nothingToUndo) {
            failure.addSuppressed(nothingToUndo);
        }
    }

    private Prepared prepared() throws SQLException {
        Prepared ready = prepared;
        if (ready == null) {
            ready = new Prepared(connection);
            prepared = ready;
        }
        return ready;
    }

    /** Transactions by statement: the driver's own lose count when SQLite ends one by itself. */
    private static final class Prepared {
        private final PreparedStatement read;
        private final PreparedStatement write;
        private final PreparedStatement remove;
        private final PreparedStatement begin;
        private final PreparedStatement commit;

        Prepared(Connection connection) throws SQLException {
            read = connection.prepareStatement("SELECT kind, key, value FROM entry WHERE cluster = ?");
            write = connection.prepareStatement("INSERT INTO entry (cluster, kind, key, value) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (cluster, kind, key) DO UPDATE SET value = excluded.value");
            remove = connection.prepareStatement("DELETE FROM entry WHERE cluster = ? AND kind = ? AND key = ?");
            begin = connection.prepareStatement("BEGIN IMMEDIATE");
            commit = connection.prepareStatement("COMMIT");
        }

        void apply(ClusterName cluster, Row row) throws SQLException {
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
}
