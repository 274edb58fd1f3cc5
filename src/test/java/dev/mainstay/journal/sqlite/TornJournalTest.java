package dev.mainstay.journal.sqlite;

import static dev.mainstay.journal.Memories.BIRTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.IntentId;
import dev.mainstay.journal.Memories;
import dev.mainstay.journal.Specimens;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Intent;
import dev.mainstay.planning.Memory;
import dev.mainstay.testing.FaultPoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a crash left behind, cut off or changed at any byte. Whatever the damage, the daemon either begins with a memory that
 * was once committed whole, or says what is wrong, keeps the damaged files as evidence, and begins with nothing.
 * {@code -Dmainstay.bytes=all} tries every byte instead of a sample.
 */
class TornJournalTest {
    private static final ClusterName WEB = new ClusterName("web");
    private static final boolean ALL = "all".equals(System.getProperty("mainstay.bytes"));
    private static final int SAMPLE = 60;
    private static final long SEED = 13;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private final List<Memory> committed = new ArrayList<>();
    private final List<String> files = List.of(StateFile.NAME, StateFile.NAME + StateFile.LOG);
    private byte[][] left = {};
    /** The database after an orderly end, when no log stands beside it. */
    private byte[] rest = {};

    /** A few commits before the last checkpoint and a few after it, with intents that are open; then the crash. */
    @BeforeEach
    void crash() throws IOException {
        Path running = Files.createDirectory(temporary.resolve("running"));
        try (SqliteJournal journal = SqliteJournal.open(running)) {
            committed.add(journal.load(WEB, BIRTH));
            store(journal, Memories.with(committed.getLast(), Memories.calmNode()));
        }
        try (SqliteJournal journal = SqliteJournal.open(running)) {
            int number = 0;
            for (Action action : Specimens.variants(Action.class)) {
                Intent open = new Intent(new IntentId("5c1e" + number++), action, BIRTH, BIRTH);
                store(journal, Memories.with(committed.getLast(), open));
            }
            store(journal, Memories.with(committed.getLast(), Memories.sickNode()));
            left = new byte[][] {
                Files.readAllBytes(running.resolve(files.get(0))), Files.readAllBytes(running.resolve(files.get(1)))
            };
        }
        rest = Files.readAllBytes(running.resolve(StateFile.NAME));
    }

    private void store(SqliteJournal journal, Memory next) {
        journal.store(WEB, committed.getLast(), next);
        committed.add(next);
    }

    @Test
    void beginsWhereTheCrashWas() {
        assertThat(begin(left[0], left[1])).isEqualTo(new Beginning(committed.getLast(), List.of()));
        assertThat(begin(rest, new byte[0])).isEqualTo(new Beginning(committed.getLast(), List.of()));
    }

    /** Here no log covers what is damaged. */
    @Test
    void isWholeOrSaysSoWhicheverByteOfADatabaseAtRestWasChanged() {
        SplittableRandom random = new SplittableRandom(SEED);
        positions(rest.length, 2 * SAMPLE).forEach(position -> {
            byte[] changed = changed(rest, position, random);
            judge(begin(changed, new byte[0]), "the database at rest with byte %d changed".formatted(position));
        });
    }

    @Test
    void isWholeOrSaysSoWhereverADatabaseAtRestWasCutOff() {
        positions(rest.length, SAMPLE)
                .forEach(length -> judge(
                        begin(Arrays.copyOf(rest, length), new byte[0]),
                        "the database at rest cut off at byte %d of %d".formatted(length, rest.length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void isWholeOrSaysSoWhereverAFileWasCutOff(int file) {
        positions(left[file].length, SAMPLE).forEach(length -> {
            byte[] torn = Arrays.copyOf(left[file], length);
            judge(file, torn, "%s cut off at byte %d of %d".formatted(files.get(file), length, left[file].length));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void isWholeOrSaysSoWhicheverByteWasChanged(int file) {
        SplittableRandom random = new SplittableRandom(SEED);
        positions(left[file].length, SAMPLE).forEach(position -> {
            byte[] changed = changed(left[file], position, random);
            judge(file, changed, "%s with byte %d changed".formatted(files.get(file), position));
        });
    }

    private static IntStream positions(int length, int sample) {
        int[] positions = ALL
                ? IntStream.range(0, length).toArray()
                : new SplittableRandom(SEED).ints(sample, 0, length).distinct().toArray();
        new FaultPoints(positions.length, length, "bytes cut off at or changed").print();
        return IntStream.of(positions);
    }

    /** One bit of one byte. */
    private static byte[] changed(byte[] whole, int position, SplittableRandom random) {
        byte[] changed = whole.clone();
        changed[position] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private void judge(int file, byte[] damaged, String how) {
        judge(file == 0 ? begin(damaged, left[1]) : begin(left[0], damaged), how);
    }

    private void judge(Beginning beginning, String how) {
        if (beginning.told.isEmpty()) {
            assertThat(committed).as(how).contains(beginning.memory);
        } else {
            assertThat(beginning.memory).as(how).isEqualTo(Memory.born(BIRTH));
            assertThat(beginning.told)
                    .as(how)
                    .singleElement()
                    .asString()
                    .contains(StateFile.NAME, "It is kept as", "budgets start spent");
        }
    }

    private record Beginning(Memory memory, List<String> told) {}

    /** The daemon starts on these two files, and can go on from there. */
    private Beginning begin(byte[] database, byte[] log) {
        try {
            Path state = Files.createTempDirectory(temporary, "crashed");
            Files.write(state.resolve(files.get(0)), database);
            if (log.length > 0) {
                Files.write(state.resolve(files.get(1)), log);
            }
            List<String> told = new ArrayList<>();
            Memory memory;
            try (SqliteJournal journal = SqliteJournal.recover(state, BIRTH, told::add)) {
                memory = journal.load(WEB, BIRTH);
                if (!ALL) {
                    journal.store(WEB, memory, Memories.with(memory, Memories.sickNode()));
                }
            }
            if (!told.isEmpty()) {
                assertThat(evidence(state)).as(told::toString).isEqualTo(1);
            }
            delete(state);
            return new Beginning(memory, told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long evidence(Path state) throws IOException {
        return in(state).stream()
                .filter(file -> file.getFileName().toString().matches(".*damaged-\\d{8}T\\d{6}\\.\\d{3}Z"))
                .count();
    }

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void delete(Path state) throws IOException {
        for (Path file : in(state)) {
            Files.delete(file);
        }
        Files.delete(state);
    }
}
