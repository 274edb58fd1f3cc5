package dev.mainstay.journal.sqlite;

import static dev.mainstay.journal.Memories.BIRTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.JournalException;
import dev.mainstay.journal.Memories;
import dev.mainstay.planning.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full, or really read-only. Only the superuser may mount one; for others this is skipped. */
class FullDiskTest {
    private static final ClusterName WEB = new ClusterName("web");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(
                done("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()),
                "needs to mount a small file system, as the superuser of Linux may");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        done("umount", disk.toString());
    }

    @Test
    void storesAllOrNothingAndGoesOnWhenThereIsRoomAgain() throws IOException {
        try (SqliteJournal journal = SqliteJournal.open(disk)) {
            Memory stored = Memories.with(journal.load(WEB, BIRTH), Memories.calmNode());
            journal.store(WEB, Memory.born(BIRTH), stored);
            Path filler = fill();

            Memory next = Memories.with(stored, Memories.sickNode());
            assertThatThrownBy(() -> journal.store(WEB, stored, next))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContainingAll(disk.toString(), "disk is full", "make room");
            assertThat(journal.load(WEB, BIRTH)).isEqualTo(stored);

            Files.delete(filler);
            journal.store(WEB, stored, next);
            assertThat(Memories.with(journal.load(WEB, BIRTH), next.seen())).isEqualTo(next);
        }
    }

    @Test
    void saysSoWhereThereIsNoRoomToBegin() throws IOException {
        fill();
        assertThatThrownBy(() -> SqliteJournal.recover(disk, BIRTH, told -> {}))
                .isInstanceOf(JournalException.class)
                .hasMessageContainingAll(disk.toString(), "disk is full");
    }

    @Test
    void refusesAFileSystemThatIsReadOnly() throws IOException, InterruptedException {
        SqliteJournal.open(disk).close();
        assumeTrue(done("mount", "-o", "remount,ro", disk.toString()), "needs to mount a file system read-only");
        assertThatThrownBy(() -> SqliteJournal.recover(disk, BIRTH, told -> {}))
                .isInstanceOf(JournalException.class)
                .hasMessageContainingAll(disk.toString(), "cannot be written");
    }

    /** To the last byte. */
    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
