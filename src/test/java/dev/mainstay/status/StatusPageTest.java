package dev.mainstay.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Gap;
import dev.mainstay.cluster.Mode;
import dev.mainstay.planning.Pass;
import dev.mainstay.planning.PublishedPasses;
import dev.mainstay.testing.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    @Test
    void saysFirstThatAllIsFine() {
        assertThat(page(List.of(Drawn.healthy().pass(1))))
                .contains("<title>✓ Fine: 4 of 4 in service. – Mainstay</title>")
                .contains("52 % less than $0.0464 all on-demand");
    }

    @Test
    void tellsWhatWasDoneAndWhyNewestFirst() {
        assertThat(page(Stories.spotLost()))
                .containsSubsequence(
                        "Healing: 3 of 4 in service, 1 coming.",
                        "spot-unavailable",
                        "launch 1 on-demand t2.micro in us-east-1c as stand-in",
                        "→ i-0c3d",
                        "no spot to be had",
                        "launch 1 spot t2.micro in us-east-1a",
                        "capacity: There is no Spot capacity",
                        "terminate i-0b04");
    }

    @Test
    void escapesWhatOthersWrote() {
        Pass pass = Drawn.healthy()
                .gap(Gap.Source.SPOT_PRICES, Duration.ofMinutes(1), "<script>alert('x')</script>")
                .pass(1);

        assertThat(page(List.of(pass))).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void loadsNothingFromAnywhere() {
        Matcher addresses = ADDRESS.matcher(page(List.of(Stories.everything())));

        assertThat(addresses.results().map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch(address -> address.startsWith("data:") || address.startsWith("/actuator/"));
    }

    @Test
    void allowsItsOwnStyleAndNoOther() throws Exception {
        Matcher style = STYLE.matcher(page(List.of(Drawn.healthy().pass(1))));
        assertThat(style.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));

        assertThat(new StatusPage(new DecisionFeed(1), Banner.NONE, CreditCeiling.UNKNOWN).contentSecurityPolicy())
                .contains("default-src 'none'")
                .contains("style-src 'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest)));
    }

    @Test
    void hasAPageBeforeTheFirstPass() {
        PublishedPasses none = new PublishedPasses(List.of(Specs.micro()));

        assertThat(new StatusPage(new DecisionFeed(1), Banner.NONE, CreditCeiling.UNKNOWN)
                        .render(new StatusReader(none, () -> Mode.OBSERVE, InstantSource.fixed(Drawn.NOW)).status()))
                .contains("Waiting for the first look at the cluster.")
                .doesNotContain("Simulated AWS");
    }

    /** Not only a test: the pages are what one looks at after a change of the style. */
    @Test
    void leavesSpecimensToLookAt() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.writeString(
                folder.resolve("fine.html"), page(List.of(Drawn.healthy().pass(1))));
        Files.writeString(folder.resolve("spot-lost.html"), page(Stories.spotLost()));
        Files.writeString(folder.resolve("everything.html"), page(List.of(Stories.everything())));

        assertThat(folder).isDirectoryContaining("glob:**.html");
    }

    private static String page(List<Pass> passes) {
        DecisionFeed feed = new DecisionFeed(50);
        passes.forEach(feed);
        PublishedPasses published = new PublishedPasses(List.of(passes.getLast().spec()));
        published.publish(passes.getLast());
        Banner banner =
                () -> Optional.of("A generated day of load on a generated spot market, 144 times as fast as life.");
        StatusReader reader = new StatusReader(published, () -> Mode.ACT, InstantSource.fixed(Drawn.NOW));
        return new StatusPage(feed, banner, _ -> OptionalDouble.of(144)).render(reader.status());
    }
}
