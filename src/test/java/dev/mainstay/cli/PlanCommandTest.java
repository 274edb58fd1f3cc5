package dev.mainstay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    /** Nothing listens on the discard port of the loopback address. */
    private static final Map<String, String> NO_AWS =
            Map.of("aws.endpointUrl", "http://127.0.0.1:9", "aws.accessKeyId", "none", "aws.secretAccessKey", "none");

    @TempDir
    private Path directory;

    @BeforeEach
    void pointAwsNowhere() {
        NO_AWS.forEach(System::setProperty);
    }

    @AfterEach
    void forget() {
        NO_AWS.keySet().forEach(System::clearProperty);
    }

    @Test
    void showsTheFirstPassOfTheDemoAndSaysThatChangesAreWanted() {
        Invocation plan = Invocation.of("plan");

        assertThat(plan.exitCode()).isEqualTo(3);
        assertThat(plan.out()).contains("launch 1 on-demand t2.micro", "0 of 4 in service");
        assertThat(Invocation.of("plan", "--output", "json").out()).startsWith("{\"mode\":\"act\"");
    }

    @Test
    void failsWhereAwsCannotBeReadAndLeavesNoJournalBehind() throws IOException {
        Path state = directory.resolve("state");
        Path config = Files.writeString(
                directory.resolve("mainstay.yaml"),
                Files.readString(Path.of("config/mainstay.yaml"))
                        .replace("#state: /var/lib/mainstay", "state: " + state));

        Invocation plan = Invocation.of("plan", "--config", config.toString());

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.out()).contains("cannot-see", "DescribeInstances could not reach AWS");
        assertThat(state).doesNotExist();
    }

    @Test
    void tellsEveryMistakeOfTheConfig() throws IOException {
        Path config = Files.writeString(directory.resolve("bad.yaml"), "mainstay: { interval: -1s, wat: 1 }\n");

        Invocation plan = Invocation.of("plan", "--config", config.toString());

        assertThat(plan.exitCode()).isEqualTo(2);
        assertThat(plan.err()).contains("mainstay.interval", "mainstay.wat", "mainstay.clusters");
    }
}
