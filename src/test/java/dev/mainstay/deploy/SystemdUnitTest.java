package dev.mainstay.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd itself judges it, where systemd is. */
class SystemdUnitTest {
    private static final Path UNIT = Path.of("deploy/systemd/mainstay.service");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @BeforeEach
    void needsSystemd() {
        assumeTrue(
                Stream.of("/usr/bin", "/bin")
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "systemd-analyze"))),
                "systemd-analyze");
    }

    /** It exits 0 on a key that it does not know, so every word of it counts. */
    @Test
    void isVerifiedSilently() throws IOException, InterruptedException {
        Path java = Files.writeString(temporary.resolve("java"), "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        String unit = Files.readString(UNIT).replace("ExecStart=/usr/bin/java ", "ExecStart=" + java + " ");
        assertThat(unit).contains(java.toString());
        Path copy = Files.writeString(temporary.resolve("mainstay.service"), unit);
        assertThat(run("systemd-analyze", "verify", "--man=no", copy.toString()))
                .isEmpty();
    }

    @Test
    void isExposedByAtMostTwo() throws IOException, InterruptedException {
        String report = run("systemd-analyze", "security", "--no-pager", "--offline=true", UNIT.toString());
        Matcher exposure =
                Pattern.compile("Overall exposure level for .*: ([0-9.]+)").matcher(report);
        assertThat(exposure.find()).as(report).isTrue();
        assertThat(Double.parseDouble(exposure.group(1))).isLessThanOrEqualTo(2.0);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
