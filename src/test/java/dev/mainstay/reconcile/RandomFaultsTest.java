package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three hours in which all sorts of things go wrong at random, and then nothing any more. In every pass nothing of ours
 * undershoots the floor, the base or overshoots {@code max}, and no plan is refused. Afterwards the cluster becomes what was
 * asked for, and then the supervisor is silent. A failure names its seed; {@code -Dmainstay.seeds=FIRST-LAST} runs others.
 */
class RandomFaultsTest {
    private static final String SEEDS = System.getProperty("mainstay.seeds", "1-18");

    static Stream<Long> seeds() {
        List<Long> ends = Arrays.stream(SEEDS.split("-")).map(Long::valueOf).toList();
        return LongStream.rangeClosed(ends.getFirst(), ends.getLast()).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void healsWhatWentWrongAndIsSilentAfterwards(long seed) {
        try (RandomFaults run = new RandomFaults(seed)) {
            run.goWrong();
            run.settle();
            String story = "-Dmainstay.seeds=%d-%d, %s".formatted(seed, seed, run.story());
            assertThat(run.breaches()).as(story).isEmpty();
            assertThat(run.shortcomings()).as(story).isEmpty();
            assertThat(run.writesOfAnHour()).as(story).isEmpty();
        }
    }
}
