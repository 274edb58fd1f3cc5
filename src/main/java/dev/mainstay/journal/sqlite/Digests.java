package dev.mainstay.journal.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32C;
import org.sqlite.Function;

/** Whether every row is what was once written there. Migration 2 has the table, and the triggers that keep it. */
final class Digests {
    private static final String EXISTS = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'digest'";
    private static final String STRAY = """
            SELECT coalesce(e.cluster, d.cluster) FROM
              (SELECT cluster, sum(row_digest(cluster, kind, key, value)) AS value FROM entry GROUP BY cluster) AS e
              FULL JOIN (SELECT cluster, value FROM digest WHERE cluster <> '') AS d ON e.cluster = d.cluster
            WHERE coalesce(e.value, 0) <> coalesce(d.value, 0) LIMIT 1""";
    private static final String MAKE_UP = """
            SELECT sum(row_digest(a, b, c, d)) FROM (
              SELECT type AS a, name AS b, tbl_name AS c, coalesce(sql, '') AS d FROM sqlite_schema
              UNION ALL SELECT installed_rank, version, script, coalesce(checksum, '') || description || type || success
                FROM flyway_schema_history)""";

    private Digests() {}

    /** Teaches this connection the checksum. To be called before anything else that is done here, or is written at all. */
    static void register(Connection connection) throws SQLException {
        Function.create(
                connection,
                "row_digest",
                new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        CRC32C sum = new CRC32C();
                        for (int i = 0; i < args(); i++) {
                            byte[] part = String.valueOf(value_text(i)).getBytes(StandardCharsets.UTF_8);
                            sum.update(part);
                            sum.update(0);
                        }
                        result(sum.getValue());
                    }
                },
                4,
                Function.FLAG_DETERMINISTIC);
    }

    /** Whether there is anything to compare with: the schema has digests. */
    static boolean kept(Connection connection) throws SQLException {
        return number(connection, EXISTS) > 0;
    }

    /** @throws DamagedJournal if a row is not what was written, or is missing, or was not written by us */
    static void verify(Connection connection, String where) throws SQLException {
        String stray = text(connection, STRAY);
        if (!stray.isEmpty()) {
            throw Failure.damaged(where, "what it remembers of cluster %s is not what was written".formatted(stray));
        }
    }

    /**
     * The version of the schema, which is what we made; empty where that cannot be said, as after a change of the schema.
     *
     * @throws DamagedJournal if the schema or its history is not what we made
     */
    static String verifiedVersion(Connection connection, String where) throws SQLException {
        String kept = text(connection, "SELECT value FROM digest WHERE cluster = ''");
        if (kept.isEmpty()) {
            return "";
        }
        if (Long.parseLong(kept) != number(connection, MAKE_UP)) {
            throw Failure.damaged(where, "its tables, or the history of its versions, are not what was made");
        }
        return text(connection, "SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
    }

    /** Before the schema changes: what was its digest is none any more. */
    static void forgetMakeUp(Connection connection) throws SQLException {
        execute(connection, "DELETE FROM digest WHERE cluster = ''");
    }

    static void keepMakeUp(Connection connection) throws SQLException {
        execute(connection, "INSERT OR IGNORE INTO digest VALUES ('', (" + MAKE_UP + "))");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        String found = text(connection, query);
        return found.isEmpty() ? 0 : Long.parseLong(found);
    }

    /** The one value; empty where there is no row. */
    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            String found = row.next() ? row.getString(1) : null;
            return found == null ? "" : found;
        }
    }
}
