package dev.mainstay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysOfAGoodFileThatItIsFine() {
        assertThat(validate("config/examples/micro-cluster.yaml")).isZero();
        assertThat(out).hasToString("config/examples/micro-cluster.yaml: 1 cluster, fine\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsWarningsOfAFileThatCanBeUsed() throws IOException {
        String text = Files.readString(Path.of("config/examples/micro-cluster.yaml"));
        Path file = Files.writeString(directory.resolve("tight.yaml"), text.replace("max: 8", "max: 4"));

        assertThat(validate(file.toString())).isZero();
        assertThat(out).hasToString(file + ": 1 cluster, fine\n");
        assertThat(err.toString()).startsWith("warning: " + file + ":17:").hasLineCount(1);
    }

    @Test
    void printsEachMistakeInALineOfItsOwn() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "mainstay:\n  mode: dry\n  stat: /x\n");

        assertThat(validate(file.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":1:1: mainstay.clusters: is missing; needs at least one cluster, by its name",
                        file + ":2:3: mainstay.mode: 'dry' is not allowed; needs one of observe, quarantine, act",
                        file + ":3:3: mainstay.stat: unknown key; did you mean state?");
    }

    @Test
    void needsAFile() {
        assertThat(new CommandLine(new ValidateCommand())
                        .setErr(new PrintWriter(err))
                        .execute())
                .isEqualTo(2);
        assertThat(err.toString()).contains("--config");
    }

    private int validate(String file) {
        return new CommandLine(new ValidateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--config", file);
    }
}
