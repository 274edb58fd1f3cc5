package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Remedy;
import dev.mainstay.testing.FaultPoints;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever state a cluster is found in, once nothing goes wrong any more it becomes what was asked for, in a time that
 * follows from its timers and budgets, and then nothing is written any more. For every size up to six, every base, and
 * every remedy for credits.
 *
 * <p>A failure prints the command that replays it. {@code -Dmainstay.worlds=200} looks at so many worlds of each cluster,
 * {@code -Dmainstay.worlds=7-9} at those, and {@code -Dmainstay.cluster=4/1/auto} at that cluster alone.
 */
class FixedPointTest {
    private static final String WORLDS = System.getProperty("mainstay.worlds", "3");
    private static final String ONLY = System.getProperty("mainstay.cluster", "");
    private static final int QUIET_PASSES = 100;

    record Cluster(int desired, int base, Remedy remedy) {
        @Override
        public String toString() {
            return "%d/%d/%s".formatted(desired, base, remedy.name().toLowerCase(Locale.ROOT));
        }
    }

    static Stream<Cluster> clusters() {
        return IntStream.rangeClosed(1, 6)
                .boxed()
                .flatMap(desired -> IntStream.rangeClosed(0, desired)
                        .boxed()
                        .flatMap(base -> Stream.of(Remedy.values()).map(remedy -> new Cluster(desired, base, remedy))))
                .filter(cluster -> ONLY.isEmpty() || cluster.toString().equals(ONLY));
    }

    @BeforeAll
    static void count() {
        long worlds = clusters().count() * worlds().count();
        new FaultPoints(worlds, worlds, "worlds").print();
    }

    private static LongStream worlds() {
        List<Long> ends = Arrays.stream(WORLDS.split("-")).map(Long::valueOf).toList();
        return LongStream.rangeClosed(ends.size() == 1 ? 1 : ends.getFirst(), ends.getLast());
    }

    @ParameterizedTest(name = "desired / base / remedy: {0}")
    @MethodSource("clusters")
    void becomesWhatWasAskedForAndStaysSo(Cluster cluster) {
        worlds().forEach(world -> settles(cluster, world));
    }

    /** At its maximum, lowered or with a base that was raised: room that never came, or was made again and again. */
    @ParameterizedTest(name = "desired {0}, base {1}, {2}, world {3}")
    @CsvSource({
        "1, 0, UNLIMITED, 125", "2, 0, AUTO, 98", "2, 1, PROMOTE, 108", "3, 0, UNLIMITED, 14", "3, 2, REST, 196",
        "4, 0, AUTO, 185", "4, 0, REPLACE, 14", "4, 0, REST, 68", "4, 3, REST, 197", "4, 4, AUTO, 36",
        "4, 4, REPLACE, 187", "5, 3, PROMOTE, 133", "6, 0, AUTO, 115", "6, 1, REST, 119", "6, 5, PROMOTE, 14"
    })
    void getsOutOfWhatOnceHeldItForEver(int desired, int base, Remedy remedy, long world) {
        settles(new Cluster(desired, base, remedy), world);
    }

    private static void settles(Cluster cluster, long world) {
        try (Disarray disarray = new Disarray(cluster.desired(), cluster.base(), cluster.remedy(), world)) {
            Supplier<String> story =
                    () -> "mvn test -Dtest=FixedPointTest -Dmainstay.cluster=%s -Dmainstay.worlds=%d-%d%n%s%n"
                            .formatted(cluster, world, world, disarray.story());
            Duration healing = disarray.healing();
            disarray.runUntil(disarray::missing, healing);
            assertThat(disarray.missing())
                    .as(() -> story.get() + "after " + healing)
                    .isEmpty();
            Duration shaping = disarray.shaping();
            disarray.runUntil(disarray::misshapen, shaping);
            assertThat(disarray.misshapen())
                    .as(() -> story.get() + "after another " + shaping)
                    .isEmpty();
            assertThat(disarray.writes(QUIET_PASSES)).as(story).isEmpty();
        }
    }
}
