package dev.mainstay.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.PublishedPasses;
import dev.mainstay.status.StatusView.ClusterView;
import dev.mainstay.testing.Specs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReaderTest {
    /** The contract: a change in this file that is not an addition breaks someone's script. */
    @Test
    void answersAsTheGoldenFileSays() throws IOException {
        String json = StatusJson.write(status(Stories.everything()));
        // To be read, and copied over the golden file once the difference is wanted.
        Files.writeString(Files.createDirectories(Path.of("target", "pages")).resolve("status.json"), json);

        assertThat(json).isEqualTo(golden());
    }

    @Test
    void readsWhatItWrote() {
        StatusView status = status(Stories.everything());

        assertThat(StatusJson.read(StatusJson.write(status), StatusView.class)).isEqualTo(status);
    }

    @Test
    void knowsNothingBeforeTheFirstPass() {
        StatusView status = reader(new PublishedPasses(List.of(Specs.micro()))).status();

        assertThat(StatusJson.write(status))
                .contains("\"serving\" : null", "\"observedAt\" : null", "\"usdPerHour\" : null", "\"desired\" : 4");
    }

    @Test
    void doesNotCallNothingSeenZero() {
        Pass blind = new Drawn()
                .neverSeen()
                .gap(Gap.Source.INSTANCES, Duration.ZERO, "no credentials")
                .pass(1);

        assertThat(status(blind).clusters().getFirst().serving()).isNull();
    }

    @Test
    void keepsTheLastBelievedCountWhileItCannotSee() {
        Pass blind = Drawn.healthy()
                .gap(Gap.Source.TARGET_HEALTH, Duration.ZERO, "no answer")
                .pass(1);

        ClusterView cluster = status(blind).clusters().getFirst();
        assertThat(cluster.serving()).isEqualTo(4);
        assertThat(cluster.gaps()).extracting(StatusView.GapView::vital).containsExactly(true);
    }

    @Test
    void knowsOnlyItsOwnClusters() {
        StatusReader reader = reader(new PublishedPasses(List.of(Specs.micro())));

        assertThat(reader.status("blog")).isPresent();
        assertThat(reader.status("shop")).isEmpty();
    }

    static StatusView status(Pass pass) {
        PublishedPasses passes = new PublishedPasses(List.of(pass.spec()));
        passes.publish(pass);
        return reader(passes).status();
    }

    static String golden() throws IOException {
        try (InputStream file = StatusReaderTest.class.getResourceAsStream("status.json")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static StatusReader reader(PublishedPasses passes) {
        return new StatusReader(passes, () -> Mode.ACT, InstantSource.fixed(Drawn.NOW));
    }
}
