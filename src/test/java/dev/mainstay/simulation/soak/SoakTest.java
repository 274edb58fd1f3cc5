package dev.mainstay.simulation.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.testing.PlantedParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A slice of the fault simulation: hours in which all sorts of things go wrong, then nothing any more. No invariant is
 * broken, the cluster becomes what was asked for, and then the daemon is silent. {@code -Dmainstay.seeds=FIRST-LAST} and
 * {@code -Dmainstay.days=N} run others; so does {@code mainstay simulate}.
 */
class SoakTest {
    private static final String SEEDS = System.getProperty("mainstay.seeds", "1-12");
    private static final double DAYS = Double.parseDouble(System.getProperty("mainstay.days", "0.25"));

    static Stream<Long> seeds() {
        List<Long> ends = Arrays.stream(SEEDS.split("-")).map(Long::valueOf).toList();
        return LongStream.rangeClosed(ends.getFirst(), ends.getLast()).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverFailsNothingIsBrokenAndAllHeals(long seed) {
        JournalKind journal = seed % 4 == 0 ? JournalKind.FILE : JournalKind.MEMORY;
        SoakOptions options = options(seed, 1, journal);
        try (Trial trial = new Trial(options, seed, PlantedParts.underTest(), line -> {})) {
            TrialResult result = trial.run();
            assertThat(result.breach())
                    .as(() -> "-Dmainstay.seeds=%d-%d -Dmainstay.days=%s".formatted(seed, seed, DAYS))
                    .isNull();
            assertThat(result.duplicates() + result.leaks()).isZero();
        }
    }

    @Test
    void twoRunsOfOneSeedLogTheSameToTheByteWhateverElseRuns() {
        List<String> alone = log(3, JournalKind.MEMORY);

        assertThat(log(3, JournalKind.MEMORY)).isEqualTo(alone).hasSizeGreaterThan(50);
        assertThat(log(3, JournalKind.FILE)).isEqualTo(alone);
        assertThat(log(4, JournalKind.MEMORY)).isNotEqualTo(alone);
    }

    @Test
    void aRangeOfSeedsOnTwoThreadsFindsWhatEachOfThemFindsAlone() {
        SoakReport together =
                new Soak(options(5, 4, JournalKind.MEMORY), PlantedParts.underTest(), () -> 0).run(2, progress -> {});
        SoakReport half =
                new Soak(options(5, 2, JournalKind.MEMORY), PlantedParts.underTest(), () -> 0).run(1, progress -> {});
        SoakReport otherHalf =
                new Soak(options(7, 2, JournalKind.MEMORY), PlantedParts.underTest(), () -> 0).run(1, progress -> {});

        assertThat(together.seeds()).isEqualTo(4);
        assertThat(together.calls()).isEqualTo(half.calls() + otherHalf.calls());
        assertThat(together.passes()).isEqualTo(half.passes() + otherHalf.passes());
        assertThat(together.simulatedSeconds()).isEqualTo(half.simulatedSeconds() + otherHalf.simulatedSeconds());
    }

    @Test
    void anInterruptedRunSaysHowToGoOn() {
        Soak soak = new Soak(options(5, 9, JournalKind.MEMORY), PlantedParts.underTest(), () -> 0);

        SoakReport report = soak.run(1, progress -> soak.interrupt());

        assertThat(report.seeds()).isEqualTo(1);
        assertThat(report.command()).contains("--seeds 1 --seed 5 ");
        assertThat(report.continuation()).contains("--seeds 8 --seed 6 ");
    }

    private static List<String> log(long seed, JournalKind journal) {
        List<String> lines = new ArrayList<>();
        try (Trial trial = new Trial(options(seed, 1, journal), seed, PlantedParts.underTest(), lines::add)) {
            trial.run();
        }
        return lines;
    }

    private static SoakOptions options(long first, int seeds, JournalKind journal) {
        Duration faulty = Duration.ofMillis(Math.round(DAYS * Duration.ofDays(1).toMillis()));
        return new SoakOptions(first, seeds, faulty, 6, EnumSet.allOf(FaultKind.class), journal);
    }
}
