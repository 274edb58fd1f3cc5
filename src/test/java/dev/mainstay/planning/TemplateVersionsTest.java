package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateVersionsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final ClusterSpec.Launch DEFAULT = launch("$Default");

    private static ClusterSpec.Launch launch(String version) {
        return SpecDraft.micro().templateVersion(version).build().launch();
    }

    private static TemplateVersions failedTwice() {
        return TemplateVersions.NONE
                .healthy(Optional.of("1"))
                .failing(Optional.of("2"), NOW)
                .failing(Optional.of("2"), NOW);
    }

    @Test
    void goesBackToTheVersionThatWorkedAfterTwoFailures() {
        assertThat(TemplateVersions.NONE
                        .healthy(Optional.of("1"))
                        .failing(Optional.of("2"), NOW)
                        .fallback(DEFAULT, NOW))
                .isEmpty();
        assertThat(failedTwice().fallback(DEFAULT, NOW)).contains("1");
    }

    @Test
    void triesAgainAfterADay() {
        assertThat(failedTwice().fallback(DEFAULT, NOW.plus(Duration.ofHours(23))))
                .contains("1");
        assertThat(failedTwice().fallback(DEFAULT, NOW.plus(Duration.ofHours(24))))
                .isEmpty();
    }

    @Test
    void believesAnOperatorWhoNamesAnotherVersion() {
        assertThat(failedTwice().fallback(launch("3"), NOW)).isEmpty();
        assertThat(failedTwice().fallback(launch("2"), NOW)).contains("1");
    }

    @Test
    void forgetsTheFailuresOfAVersionThatWorksAfterAll() {
        assertThat(failedTwice().healthy(Optional.of("2")).fallback(DEFAULT, NOW))
                .isEmpty();
    }

    @Test
    void knowsNoWayBackWhereNothingEverWorked() {
        TemplateVersions versions =
                TemplateVersions.NONE.failing(Optional.of("2"), NOW).failing(Optional.of("2"), NOW);
        assertThat(versions.fallback(DEFAULT, NOW)).isEmpty();
    }

    @Test
    void blamesNoVersionThatItDoesNotKnow() {
        assertThat(TemplateVersions.NONE.failing(Optional.empty(), NOW)).isEqualTo(TemplateVersions.NONE);
    }
}
