package dev.mainstay.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** An open SQLite database of ours: locked, checked, durable and of the newest schema. */
final class Database {
    private Database() {}

    static Connection open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Who does not get the lock at once is refused: its holder is another daemon, and will not let go.
        config.setBusyTimeout(0);
        return prepared(config.createConnection("jdbc:sqlite:" + file), connection -> {
            String where = file.toString();
            lock(connection);
            requireSound(connection, where);
            try {
                prepare(connection, where);
            } catch (SQLException failure) {
                if (Failure.codeOf(failure) == SQLiteErrorCode.SQLITE_ERROR) {
                    // It is nothing that we ask for, so it is what we ask: some table is not where it was.
                    throw Failure.damaged(where, String.valueOf(failure.getMessage()));
                }
                throw failure;
            }
        });
    }

    static Connection inMemory() throws SQLException {
        return prepared(new SQLiteConfig().createConnection("jdbc:sqlite::memory:"), Schema::create);
    }

    private static void prepare(Connection connection, String where) throws SQLException {
        String version = Digests.kept(connection) ? Digests.verifiedVersion(connection, where) : "";
        if (!version.equals(Migration.NEWEST)) {
            Schema.migrate(connection, where);
        }
        Digests.verify(connection, where);
        Digests.keepMakeUp(connection);
    }

    private static Connection prepared(Connection connection, Preparation preparation) throws SQLException {
        boolean done = false;
        try {
            Digests.register(connection);
            preparation.prepare(connection);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private interface Preparation {
        void prepare(Connection connection) throws SQLException;
    }

    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // In this order: set before the first look at the file, the lock also spares the shared memory of WAL.
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("PRAGMA journal_mode = WAL");
            // Every commit reaches the disk before the AWS call that it announces.
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("SELECT count(*) FROM sqlite_schema");
        }
    }

    private static void requireSound(Connection connection, String where) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet findings = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (findings.next() && !"ok".equals(findings.getString(1))) {
                throw Failure.damaged(
                        where, findings.getString(1).lines().findFirst().orElse("it is not whole"));
            }
        }
    }
}
