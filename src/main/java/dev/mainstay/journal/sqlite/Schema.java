package dev.mainstay.journal.sqlite;

import dev.mainstay.journal.JournalException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Brings a database to the schema of this version, by the migrations beside it in the class path. */
final class Schema {
    private Schema() {}

    /**
     * Brings the database up to date on this connection, which stays open: the file admits no second one.
     *
     * @param where the database's name in messages
     * @throws JournalException if the database is of a newer version, or not ours
     */
    static void migrate(Connection connection, String where) {
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(dataSource(connection))
                    .resourceProvider(new Migration.Provider())
                    .javaMigrationClassProvider(List::of)
                    .loggers(Silence.class.getName())
                    .load();
            refuseNewer(flyway.info().all(), where);
            if (flyway.info().pending().length > 0 && Digests.kept(connection)) {
                Digests.forgetMakeUp(connection);
            }
            flyway.migrate();
        } catch (SQLException failure) {
            throw Failure.of("prepare the journal " + where, failure);
        } catch (FlywayException failure) {
            if (failure.getCause() instanceof SQLException cause) {
                throw Failure.of("prepare the journal " + where, cause);
            }
            throw new JournalException(
                    "the database %s is not a journal of Mainstay, or its schema was changed by hand. Move it away, or give"
                                    .formatted(where)
                            + " Mainstay a state directory of its own.",
                    failure);
        }
    }

    /** The newest schema in an empty database that no later version will open: without Flyway, which starts slowly. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Migration migration : Migration.ALL) {
                statement.executeUpdate(migration.sql());
            }
        }
    }

    private static void refuseNewer(MigrationInfo[] migrations, String where) {
        for (MigrationInfo migration : migrations) {
            if (migration.getState().isApplied() && !migration.getState().isResolved()) {
                throw Failure.newer(where, String.valueOf(migration.getVersion()), newestKnown(migrations));
            }
        }
    }

    private static String newestKnown(MigrationInfo[] migrations) {
        return Arrays.stream(migrations)
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .map(MigrationVersion::getVersion)
                .orElse("none");
    }

    /** A data source of this one connection, which it does not close. */
    private static DataSource dataSource(Connection connection) {
        Connection lent = proxy(
                Connection.class,
                (method, arguments) -> method.getName().equals("close") ? null : method.invoke(connection, arguments));
        return proxy(DataSource.class, (method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return lent;
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Schema.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.make(method, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    private interface Call {
        @Nullable
        Object make(Method method, Object[] arguments) throws ReflectiveOperationException;
    }
}
