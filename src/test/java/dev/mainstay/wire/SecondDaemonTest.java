package dev.mainstay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.journal.sqlite.SqliteJournal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real processes on one state directory. */
class SecondDaemonTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void isRefusedAtOnceAndSaysWhatToDo() throws IOException, InterruptedException {
        Path config = KillNine.config(directory);
        try (SqliteJournal first = SqliteJournal.open(directory.resolve("state"))) {
            DaemonProcess second = DaemonProcess.start(
                    DaemonProcess.program(Optional.empty()),
                    config,
                    URI.create("http://127.0.0.1:9"),
                    directory.resolve("second.log"));
            Optional<Integer> exit = second.exit(120);
            second.kill();

            assertThat(exit).as(second::log).contains(1);
            assertThat(second.log())
                    .contains("journal.db", "another process holds it", "a state directory of its own")
                    .doesNotContain("\tat ");
            assertThat(first).isNotNull();
        }
    }
}
