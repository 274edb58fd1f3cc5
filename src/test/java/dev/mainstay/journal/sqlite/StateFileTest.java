package dev.mainstay.journal.sqlite;

import static dev.mainstay.journal.Memories.BIRTH;
import static dev.mainstay.journal.Memories.seenAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.JournalException;
import dev.mainstay.journal.Memories;
import dev.mainstay.planning.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The journal's file: how it begins, who may open it, and what becomes of a broken one. */
class StateFileTest {
    private static final ClusterName WEB = new ClusterName("web");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @Test
    void makesDirectoryAndFileForTheirOwnerOnly() throws IOException {
        Path state = temporary.resolve("var").resolve("mainstay");
        SqliteJournal.open(state).close();
        assumeTrue(state.getFileSystem().supportedFileAttributeViews().contains("posix"), "POSIX permissions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(state))))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesNoDraftBehind() throws IOException {
        SqliteJournal.open(temporary).close();
        assertThat(namesIn(temporary)).containsExactly(StateFile.NAME);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void opensSilently(CapturedOutput output) {
        SqliteJournal.open(temporary).close();
        SqliteJournal.open(temporary).close();
        assertThat(output.getAll()).isEmpty();
    }

    @Test
    void remembersAcrossAClose() {
        Memory stored = storeSomething(temporary);
        try (SqliteJournal reopened = SqliteJournal.open(temporary)) {
            assertThat(reopened.load(WEB, BIRTH.plusSeconds(60))).isEqualTo(stored);
        }
    }

    @Test
    void hasOnTheDiskWhatItStoredBeforeACrash() throws IOException {
        Path crashed = Files.createDirectory(temporary.resolve("crashed"));
        Path running = Files.createDirectory(temporary.resolve("running"));
        try (SqliteJournal journal = SqliteJournal.open(running)) {
            Memory born = journal.load(WEB, BIRTH);
            Memory first = Memories.with(born, Memories.calmNode());
            journal.store(WEB, born, first);
            Memory second = Memories.with(first, Memories.sickNode());
            journal.store(WEB, first, second);
            copy(running, crashed);
            try (SqliteJournal next = SqliteJournal.open(crashed)) {
                assertThat(next.load(WEB, BIRTH)).isEqualTo(second);
            }
        }
    }

    @Test
    void writesNothingInAQuietPass() throws IOException {
        try (SqliteJournal journal = SqliteJournal.open(temporary)) {
            Memory born = journal.load(WEB, BIRTH);
            Memory calm = Memories.with(born, Memories.calmNode());
            journal.store(WEB, born, calm);
            List<String> before = contents(temporary);
            journal.store(WEB, calm, Memories.with(calm, seenAfter(Duration.ofMinutes(5))));
            journal.store(WEB, calm, calm);
            journal.load(WEB, BIRTH);
            assertThat(contents(temporary)).isEqualTo(before);
        }
    }

    @Test
    void refusesASecondDaemonAtOnce() {
        try (SqliteJournal first = SqliteJournal.open(temporary)) {
            refused(temporary).hasMessageContainingAll(file(temporary).toString(), "another process holds it", "stop");
            assertThat(first.load(WEB, BIRTH)).isEqualTo(Memory.born(BIRTH));
        }
        SqliteJournal.open(temporary).close();
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(file(temporary), "cluster: web\n".repeat(1000));
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "not a database", "Restore a copy");
        assertThat(file(temporary)).hasContent("cluster: web\n".repeat(1000));
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Files.createFile(file(temporary));
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "empty", "Restore a copy");
    }

    @Test
    void refusesATornFile() throws IOException {
        storeSomething(temporary);
        byte[] whole = Files.readAllBytes(file(temporary));
        Files.write(file(temporary), Arrays.copyOf(whole, whole.length / 2));
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "damaged", "Restore a copy");
    }

    @Test
    void refusesAScribbledPage() throws IOException {
        storeSomething(temporary);
        byte[] whole = Files.readAllBytes(file(temporary));
        Arrays.fill(whole, 4096, whole.length, (byte) 0x5a);
        Files.write(file(temporary), whole);
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "damaged", "Restore a copy");
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws SQLException {
        execute("CREATE TABLE bookmark (url TEXT)");
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "not a journal of Mainstay", "Move it");
    }

    @Test
    void refusesANewerSchema() throws SQLException {
        SqliteJournal.open(temporary).close();
        execute("INSERT INTO flyway_schema_history"
                + " SELECT 99, '99', 'later', type, 'V99__later.sql', 1, installed_by, installed_on, 1, 1"
                + " FROM flyway_schema_history WHERE version = '1'");
        execute("DELETE FROM digest WHERE cluster = ''"); // a newer one would have made its own
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "newer Mainstay", "99", "knows 2");
    }

    @Test
    void bringsAnOlderSchemaUpToDateAndKeepsWhatItSays() throws SQLException {
        Memory stored = storeSomething(temporary);
        execute("DROP TRIGGER entry_inserted");
        execute("DROP TRIGGER entry_updated");
        execute("DROP TRIGGER entry_deleted");
        execute("DROP TABLE digest");
        execute("DELETE FROM flyway_schema_history WHERE version > '1'");
        for (int start = 0; start < 2; start++) {
            try (SqliteJournal journal = SqliteJournal.open(temporary)) {
                assertThat(journal.load(WEB, BIRTH)).isEqualTo(stored);
            }
        }
        withoutTriggers("UPDATE entry SET value = replace(value, '2026', '2025') WHERE kind = 'birth'");
        refused(temporary).hasMessageContainingAll("damaged", "cluster web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM entry WHERE kind = 'node'",
                "UPDATE entry SET cluster = 'wed'",
                "INSERT INTO entry VALUES ('web', 'condition', 'BELOW_FLOOR', '\"2026-03-01T08:00:00Z\"')",
                "DELETE FROM entry",
                "DELETE FROM digest WHERE cluster = 'web'",
                "UPDATE flyway_schema_history SET version = '9' WHERE version = '2'",
                "DROP INDEX flyway_schema_history_s_idx"
            })
    void noticesWhatItDidNotWriteItself(String change) throws SQLException {
        storeSomething(temporary);
        withoutTriggers(change);
        refused(temporary).hasMessageContaining("damaged");
    }

    @Test
    void setsADamagedJournalAsideAndBeginsWithAnEmptyOne() throws IOException {
        Files.writeString(file(temporary), "cluster: web\n".repeat(1000));
        List<String> told = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.recover(temporary, BIRTH, told::add)) {
            assertThat(journal.load(WEB, BIRTH)).isEqualTo(Memory.born(BIRTH));
        }
        assertThat(told)
                .singleElement()
                .asString()
                .contains(
                        file(temporary).toString(), "not a database", "journal.db.damaged-2026", "budgets start spent");
        assertThat(namesIn(temporary))
                .filteredOn(name -> name.contains("damaged"))
                .singleElement()
                .satisfies(name -> assertThat(temporary.resolve(name)).hasContent("cluster: web\n".repeat(1000)));
    }

    @Test
    void aLogWhoseJournalIsGoneIsNotTakenForThatOfTheNext() throws IOException {
        storeSomething(temporary);
        Path running = Files.createDirectory(temporary.resolve("running"));
        try (SqliteJournal journal = SqliteJournal.open(running)) {
            journal.store(WEB, journal.load(WEB, BIRTH), Memories.with(Memory.born(BIRTH), Memories.sickNode()));
            Files.copy(running.resolve("journal.db-wal"), temporary.resolve("journal.db-wal"));
        }
        Files.delete(file(temporary));
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "gone", "journal.db-wal");
        List<String> told = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.recover(temporary, BIRTH, told::add)) {
            assertThat(journal.load(WEB, BIRTH)).isEqualTo(Memory.born(BIRTH));
        }
        assertThat(told).singleElement().asString().contains("gone");
    }

    @Test
    void setsNothingAsideThatIsNotDamaged() throws SQLException, IOException {
        execute("CREATE TABLE bookmark (url TEXT)");
        assertThatThrownBy(() -> SqliteJournal.recover(temporary, BIRTH, told -> {}))
                .hasMessageContaining("not a journal of Mainstay");
        assertThat(namesIn(temporary)).containsExactly(StateFile.NAME);
    }

    @Test
    void refusesAStateDirectoryThatIsAFile() throws IOException {
        Path taken = Files.createFile(temporary.resolve("taken"));
        refused(taken).hasMessageContainingAll(taken.toString(), "not a directory");
        refused(taken.resolve("below")).hasMessageContaining(taken.toString());
    }

    @Test
    void refusesAJournalThatIsADirectory() throws IOException {
        Files.createDirectory(file(temporary));
        refused(temporary).hasMessageContainingAll(file(temporary).toString(), "not a file");
    }

    @Test
    void refusesADirectoryThatItMayNotWrite() throws IOException {
        Path locked = Files.createDirectory(
                temporary.resolve("locked"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assumeFalse(Files.isWritable(locked), "the superuser may write everywhere");
        refused(locked).hasMessageContainingAll(locked.toString(), "no permission");
    }

    @Test
    void refusesADirectoryThatCannotBeMade() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "/proc");
        refused(Path.of("/proc/mainstay")).hasMessageContainingAll("/proc/mainstay", "cannot open the journal");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(Path state) {
        return assertThatThrownBy(() -> SqliteJournal.open(state)).isInstanceOf(JournalException.class);
    }

    private static Path file(Path state) {
        return state.resolve(StateFile.NAME);
    }

    private static Memory storeSomething(Path state) {
        try (SqliteJournal journal = SqliteJournal.open(state)) {
            Memory stored = journal.load(WEB, BIRTH);
            for (int pass = 0; pass < 3; pass++) {
                Memory next = Memories.with(stored, pass == 0 ? Memories.calmNode() : Memories.sickNode());
                journal.store(WEB, stored, next);
                stored = next;
            }
            return stored;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(temporary));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** As a disk would change it, of which nobody keeps account: with the triggers gone for so long. */
    private void withoutTriggers(String change) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(temporary));
                Statement statement = connection.createStatement()) {
            List<String> triggers = new ArrayList<>();
            try (var found = statement.executeQuery("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
                while (found.next()) {
                    triggers.add(found.getString(1));
                    triggers.add(found.getString(2));
                }
            }
            for (int i = 0; i < triggers.size(); i += 2) {
                statement.executeUpdate("DROP TRIGGER " + triggers.get(i));
            }
            statement.executeUpdate(change);
            for (int i = 1; i < triggers.size(); i += 2) {
                statement.executeUpdate(triggers.get(i));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String name : namesIn(from)) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }

    private static List<String> contents(Path directory) throws IOException {
        List<String> contents = new java.util.ArrayList<>();
        for (String name : namesIn(directory)) {
            contents.add(name + Arrays.hashCode(Files.readAllBytes(directory.resolve(name))));
        }
        return contents;
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
