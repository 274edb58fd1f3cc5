package dev.mainstay.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.PublishedPasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    @Test
    void writesSpecimensToLookAt() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.writeString(folder.resolve("fine.html"), page(List.of(Drawn.healthy().pass(1))));
        Files.writeString(folder.resolve("spot-lost.html"), page(Stories.spotLost()));
        Files.writeString(folder.resolve("everything.html"), page(List.of(Stories.everything())));
        assertThat(folder).isDirectoryContaining("glob:**.html");
    }

    private String page(List<Pass> passes) {
        DecisionFeed feed = new DecisionFeed(50);
        passes.forEach(feed);
        PublishedPasses published = new PublishedPasses(List.of(passes.getLast().spec()));
        published.publish(passes.getLast());
        Banner banner = () -> Optional.of("One generated day of load and a generated spot market, 144 times as fast as life.");
        return new StatusPage(feed, banner, _ -> OptionalDouble.of(144))
                .render(new StatusReader(published, Mode.ACT, InstantSource.fixed(Drawn.NOW)).status());
    }
}
