package dev.mainstay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Surroundings.PauseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file PAUSE beside a config is taken for. */
class PauseNoteTest {
    private static final Instant WRITTEN = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private PauseNote note() {
        return PauseNote.beside(directory.resolve("mainstay.yaml"));
    }

    private PauseFile written(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("PAUSE"), text);
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
        return Objects.requireNonNull(note().get());
    }

    @Test
    void isNoPauseWhereThereIsNoFile() throws IOException {
        assertThat(note().get()).isNull();

        PauseNote note = note();
        written("stop");
        assertThat(note.get()).isNotNull();
        Files.delete(directory.resolve("PAUSE"));
        assertThat(note.get()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            moving the database                                  | moving the database |
            ``                                                   | it gives no reason  |
            \\n\\n  two days off  \\nmore                          | two days off        |
            moving\\nuntil 2026-03-02T18:00:00Z                  | moving              | 2026-03-02T18:00:00Z
            until 2026-03-02T18:00:00+01:00\\nmoving             | moving              | 2026-03-02T17:00:00Z
            until 2026-03-02T18:00:00Z                           | it gives no reason  | 2026-03-02T18:00:00Z
            moving\\nuntil tomorrow                              | moving (it ends with the file: 'until tomorrow' is no time) |
            """)
    void readsWhyAndUntilWhen(String text, String why, Instant until) throws IOException {
        assertThat(written(text.replace("\\n", "\n"))).isEqualTo(new PauseFile(WRITTEN, until, why));
    }

    @Test
    void isAPauseEvenWhereItCannotBeRead() throws IOException {
        Files.createDirectory(directory.resolve("PAUSE"));

        assertThat(note().get()).isNotNull();
    }
}
