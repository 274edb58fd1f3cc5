package dev.mainstay.journal.sqlite;

import static dev.mainstay.journal.Memories.BIRTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.JournalException;
import dev.mainstay.journal.Memories;
import dev.mainstay.planning.Memory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row that cannot be understood, and a write that cannot be made. */
class DamagedRowTest {
    private static final ClusterName WEB = new ClusterName("web");

    private Connection connection;
    private SqliteJournal journal;

    @BeforeEach
    void open() throws SQLException {
        connection = Database.inMemory();
        journal = new SqliteJournal(connection, "in memory");
        journal.load(WEB, BIRTH);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            condition       | tired        | "2026-03-01T08:00:00Z"                    | tired
            condition       | BELOW_FLOOR  | "yesterday"                               | yesterday
            launch-back-off | ``           | {"failures":1}                            | retryAt
            launch-back-off | ``           | {"failures":1,"retryAt":                  | end-of-input
            spendings       | ``           | [{"budget":"FUN","at":"2026-03-01T08:00:00Z","count":1}] | FUN
            pool            | t3.micro     | {}                                        | type/zone
            pool            | t3.micro/a   | {"colour":"red"}                          | troubles
            node            | i-1          | {}                                        | instance
            intent          | 5c1e         | {"id":"5c1e","action":{"@type":"Reboot"}} | Reboot
            mood            | ``           | {}                                        | mood
            """)
    void namesTheRowThatItCannotRead(String kind, String key, String value, String wrong) throws SQLException {
        insert(kind, key, value);
        assertThatThrownBy(() -> journal.load(WEB, BIRTH))
                .isInstanceOf(JournalException.class)
                .hasMessageContainingAll("in memory", "cluster web", "'" + kind + "'", key, wrong, "Restore a copy")
                .hasMessageNotContaining("\n");
    }

    @Test
    void takesRowsWithoutABirthForDamage() throws SQLException {
        execute("DELETE FROM entry WHERE kind = 'birth'");
        insert("condition", "BELOW_FLOOR", "\"2026-03-01T08:00:00Z\"");
        assertThatThrownBy(() -> journal.load(WEB, BIRTH))
                .isInstanceOf(JournalException.class)
                .hasMessageContainingAll("damaged", "cluster web", "birth");
    }

    @Test
    void storesAllOrNothingOnAFullDisk() throws SQLException {
        Memory stored = Memories.with(Memory.born(BIRTH), Memories.calmNode());
        journal.store(WEB, Memory.born(BIRTH), stored);
        execute("PRAGMA max_page_count = 1");
        Memory tooMuch = stored;
        for (Memory next : Memories.history(50, 7)) {
            tooMuch = Memories.with(next, Memories.sickNode());
        }
        Memory refused = tooMuch;
        assertThatThrownBy(() -> journal.store(WEB, stored, refused))
                .isInstanceOf(JournalException.class)
                .hasMessageContainingAll("in memory", "disk is full", "make room");
        assertThat(journal.load(WEB, BIRTH)).isEqualTo(stored);
        execute("PRAGMA max_page_count = 1000000");
        journal.store(WEB, stored, refused);
        assertThat(Memories.with(journal.load(WEB, BIRTH), refused.seen())).isEqualTo(refused);
    }

    @Test
    void hasTheSameSchemaInMemoryAsInAFile() throws SQLException {
        try (Connection migrated = new org.sqlite.SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
            Digests.register(migrated);
            Schema.migrate(migrated, "migrated");
            assertThat(schemaOf(connection)).isEqualTo(schemaOf(migrated)).contains("STRICT");
        }
    }

    private static String schemaOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var found = statement.executeQuery("SELECT group_concat(sql, ';') FROM sqlite_schema"
                        + " WHERE sql IS NOT NULL AND name NOT LIKE 'flyway%' ORDER BY name")) {
            return found.getString(1);
        }
    }

    private void insert(String kind, String key, String value) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO entry VALUES ('web', ?, ?, ?)")) {
            statement.setString(1, kind);
            statement.setString(2, key);
            statement.setString(3, value);
            statement.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
