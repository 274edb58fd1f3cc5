package dev.mainstay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Gap;
import dev.mainstay.config.ConfigReader;
import dev.mainstay.config.MainstayConfig;
import dev.mainstay.config.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReloadTest {
    private static final String GOOD = """
            mainstay:
              state: /var/lib/mainstay
              clusters:
                blog:
                  region: us-east-1
                  load-balancer: { target-groups: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blog/0123"] }
                  launch:
                    template: { id: lt-0123 }
                    subnets: { us-east-1a: subnet-1, us-east-1b: subnet-2 }
                  capacity: { desired: 4 }
            """;

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    Path directory;

    private final List<MainstayConfig> followed = new ArrayList<>();
    private final List<Gap> refused = new ArrayList<>();
    private Path file;
    private ConfigReload reload;

    @BeforeEach
    void runs() throws IOException {
        file = Files.writeString(directory.resolve("mainstay.yaml"), GOOD);
        Reading.Read running = (Reading.Read) ConfigReader.read(file);
        reload = new ConfigReload(file, running, followed::add, refused::add, InstantSource.fixed(NOW));
    }

    @Test
    void followsAFileThatIsInOrder() throws IOException {
        Files.writeString(file, GOOD.replace("desired: 4", "desired: 6") + "      interval: 1m\n");

        reload.run();

        assertThat(refused).isEmpty();
        ClusterSpec spec = followed.getFirst().clusters().getFirst();
        assertThat(spec.capacity().desired()).isEqualTo(6);
        assertThat(spec.interval()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void keepsTheOldConfigAndTellsTheFirstMistakeOfABadOne() throws IOException {
        Files.writeString(file, GOOD.replace("desired: 4", "desired: 4, min: 5, on-demand-base: 9"));

        reload.run();

        assertThat(followed).isEmpty();
        assertThat(refused).singleElement().satisfies(gap -> {
            assertThat(gap.source()).isEqualTo(Gap.Source.CONFIG);
            assertThat(gap.since()).isEqualTo(NOW);
            assertThat(gap.text()).contains("mainstay.yaml:10:").contains("(and 1 more, in the log)");
        });
    }

    @Test
    void aFileThatIsGoneIsAMistakeLikeAnyOther() throws IOException {
        Files.delete(file);

        reload.run();

        assertThat(followed).isEmpty();
        assertThat(refused).hasSize(1);
    }

    @Test
    void aClusterDoesNotMoveToAnotherRegion() throws IOException {
        Files.writeString(file, GOOD.replace("us-east-1", "eu-west-1"));

        reload.run();

        assertThat(followed).isEmpty();
        assertThat(refused)
                .singleElement()
                .satisfies(gap -> assertThat(gap.text()).contains("clusters.blog.region"));
    }

    @Test
    void aGoodFileAfterABadOneIsFollowed() throws IOException {
        Files.writeString(file, "mainstay: {");
        reload.run();
        Files.writeString(file, GOOD);

        reload.run();

        assertThat(refused).hasSize(1);
        assertThat(followed).hasSize(1);
    }

    @Test
    void theSignalCallsIt() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        Assumptions.assumeTrue(HangupSignal.calls(called::countDown), "no SIGHUP here");
        String self = Long.toString(ProcessHandle.current().pid());

        new ProcessBuilder("kill", "-HUP", self).start();

        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
