package dev.mainstay.simulation.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testing.PlantedParts;
import dev.mainstay.testing.Planting;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fault simulation notices a daemon that makes a mistake, and says which invariant it broke. */
class PlantedMistakesTest {
    private static final Duration LENGTH = Duration.ofHours(12);

    @ParameterizedTest
    @CsvSource({
        "KILL_BEFORE_MAKE, I4",
        "INTENTS_AFTERWARDS, I5",
    })
    void aMistakeBreaksAnInvariant(Planting mistake, String invariant) {
        Breach breach = LongStream.rangeClosed(1, 30)
                .mapToObj(seed -> run(seed, mistake))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();

        assertThat(breach.invariant()).startsWith(invariant);
        assertThat(breach.events()).isNotEmpty();
        assertThat(breach.command()).startsWith("mainstay simulate --seeds 1 --seed " + breach.seed());
    }

    private static @Nullable Breach run(long seed, Planting mistake) {
        SoakOptions options = new SoakOptions(seed, 1, LENGTH, 6, EnumSet.allOf(FaultKind.class), JournalKind.MEMORY);
        try (Trial trial = new Trial(options, seed, PlantedParts.with(mistake), line -> {})) {
            return trial.run().breach();
        }
    }
}
