package dev.mainstay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"--cpu, csv", "--prices, csv", "--availability, json"})
    void namesAHistoryThatIsNotThere(String option, String ending) {
        refuses(option, directory.resolve("absent." + ending));
    }

    @ParameterizedTest
    @CsvSource({"--cpu, csv", "--prices, csv", "--availability, json"})
    void namesAnEmptyHistory(String option, String ending) throws IOException {
        refuses(option, Files.createFile(directory.resolve("us-east-1a." + ending)));
    }

    @ParameterizedTest
    @CsvSource({"--cpu, csv", "--prices, csv", "--availability, json"})
    void namesABinaryHistory(String option, String ending) throws IOException {
        byte[] noise = {0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, (byte) 0xfe, (byte) 0xff, 10, 0, 3, 10};
        refuses(option, Files.write(directory.resolve("us-east-1a." + ending), noise));
    }

    @Test
    void namesTheLineOfAValueThatCannotBe() throws IOException {
        Path load = write("load.csv", "timestamp,value\n2024-03-04 00:00:00,5\n2024-03-04 00:05:00,-3\n");

        assertThat(refuses("--cpu", load).err()).contains("load.csv:3: ").contains("-3");
    }

    @Test
    void saysWhichTypesHaveAPriceForComparison() throws IOException {
        Path prices =
                write("x9.huge-us-east-1a.csv", "timestamp,price\n2024-03-04T00:00:00Z,1\n2024-03-05T00:00:00Z,1.1\n");

        assertThat(refusal("--prices", prices).err()).contains("x9.huge").contains("t2.micro");
    }

    @Test
    void refusesToWriteEventsWhereThereIsNoDirectory() {
        Invocation run = Invocation.of(
                "run",
                "--speed",
                "max",
                "--days",
                "1",
                "--events",
                directory.resolve("no/x.log").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--events").contains("x.log").doesNotContain("\tat ");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static Invocation refuses(String option, Path file) {
        Invocation run = refusal(option, file);
        assertThat(run.err()).contains(file.getFileName().toString());
        return run;
    }

    private static Invocation refusal(String option, Path file) {
        Invocation run = Invocation.of("run", "--speed", "max", "--days", "1", option, file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ").doesNotContain("Exception");
        return run;
    }
}
