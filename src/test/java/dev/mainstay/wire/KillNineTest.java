package dev.mainstay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten kills of the real process; docs/reliability.md has the command for more. */
class KillNineTest {
    private static final long SEED = 7;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void nothingIsLostOrDoubledHoweverOftenTheProcessIsKilled() throws IOException, InterruptedException {
        KillNine.Count count = new KillNine(SEED, DaemonProcess.program(Optional.empty()), directory).run(10);

        assertThat(count)
                .as("KillNine --kills 10 --seed %d", SEED)
                .satisfies(all -> assertThat(all.trouble()).isEmpty())
                .satisfies(all -> assertThat(all.launched()).isGreaterThan(KillNine.DESIRED))
                .extracting(KillNine.Count::duplicates, KillNine.Count::orphans, KillNine.Count::missing)
                .containsExactly(0, 0, 0);
        assertThat(count.flawless()).isTrue();
    }
}
