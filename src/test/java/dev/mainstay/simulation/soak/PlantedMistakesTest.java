package dev.mainstay.simulation.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testing.Planting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fault simulation notices a daemon that makes a mistake, and says which invariant it broke. */
class PlantedMistakesTest {
    @ParameterizedTest
    @CsvSource({
        "KILL_BEFORE_MAKE, I4",
        "INTENTS_AFTERWARDS, I5",
    })
    void aMistakeBreaksAnInvariant(Planting mistake, String invariant) {
        Breach breach = PlantedMistakes.firstBreach(mistake, 30).orElseThrow();

        assertThat(breach.invariant()).startsWith(invariant);
        assertThat(breach.events()).isNotEmpty();
        assertThat(breach.command()).startsWith("mainstay simulate --seeds 1 --seed " + breach.seed());
    }
}
