package dev.mainstay.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mainstay.catalog.Catalog;
import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.Moment;
import dev.mainstay.cluster.Observation;
import dev.mainstay.cluster.Pool;
import dev.mainstay.cluster.Zone;
import dev.mainstay.testing.SpecDraft;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is remembered of a pool, and how it weighs in choosing one. */
class HazardTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofDays(30));
    private static final Pool A = pool("a");
    private static final Pool B = pool("b");
    private static final Pool C = pool("c");
    private static final ClusterSpec SPEC = SpecDraft.micro().build();

    @Test
    void everyPoolIsAUsualOneWhileNothingIsKnown() {
        assertThat(Hazard.of(List.of(A, B, C), Memory.born(START), NOW).values())
                .containsExactly(1.0, 1.0, 1.0);
    }

    /** The days of a stay that began at {@code from} and ended at {@code to}, halved every twenty days: by little steps. */
    @Test
    void daysSpentFadeByHalfInTwentyDays() {
        Instant from = START.plus(Duration.ofDays(2));
        Instant to = START.plus(Duration.ofDays(9));
        double sum = 0;
        for (double day = 2; day < 9; day += 0.001) {
            sum += 0.001 * Math.pow(0.5, (30 - day) / 20);
        }

        PoolMemory memory = PoolMemory.NONE.left(from, to);

        assertThat(memory.exposure().at(NOW)).isCloseTo(sum, within(0.01));
    }

    @Test
    void aPoolThatLosesOftenIsWorseThanOneThatNeverDoes() {
        Memory memory = remembering(Map.of(
                A,
                        PoolMemory.NONE
                                .left(START, NOW)
                                .lost(NOW.minus(Duration.ofDays(1)))
                                .lost(NOW.minusSeconds(3600)),
                B, PoolMemory.NONE.left(START, NOW)));

        Map<Pool, Double> hazards = Hazard.of(List.of(A, B, C), memory, NOW);

        double days = 20 / Math.log(2) * (1 - Math.pow(0.5, 1.5));
        double losses = Math.pow(0.5, 1 / 20.0) + Math.pow(0.5, 1 / 480.0);
        double usual = (losses + 1) / (2 * days + 1);
        assertThat(hazards.get(A)).isCloseTo((losses + usual) / (days + 1) / usual, within(1e-3));
        assertThat(hazards.get(B)).isCloseTo(1 / (days + 1), within(1e-3));
        assertThat(hazards.get(C)).isEqualTo(1, within(1e-9));
    }

    @Test
    void countsOneTroubleForAnEpisodeOfRefusals() {
        PoolMemory memory = PoolMemory.NONE;
        for (int i = 0; i < 10; i++) {
            memory = memory.refused(NOW.plus(Duration.ofMinutes(6L * i)));
        }
        assertThat(memory.troubles().amount()).isCloseTo(1, within(0.01));

        memory = memory.refused(NOW.plus(Duration.ofHours(6)));
        assertThat(memory.troubles().amount()).isCloseTo(2, within(0.02));
    }

    @Test
    void choosesTheCalmPoolThenTheEmptyOne() {
        Memory memory = remembering(Map.of(A, PoolMemory.NONE.lost(NOW.minus(Duration.ofMinutes(20)))));

        assertThat(pools(memory).best(zone -> 0)).contains(B);
        assertThat(pools(memory).best(zone -> zone.equals(B.zone()) ? 1 : 0)).contains(C);
    }

    @Test
    void neverPutsEverythingIntoOneZoneWhileAnotherIsOpen() {
        Memory memory = remembering(Map.of(
                A, PoolMemory.NONE.lost(NOW.minus(Duration.ofMinutes(20))),
                B, PoolMemory.NONE.lost(NOW.minus(Duration.ofMinutes(20)))));

        assertThat(pools(memory).best(zone -> zone.equals(C.zone()) ? 1 : 0))
                .hasValueSatisfying(pool -> assertThat(pool).isNotEqualTo(C));
    }

    /** With ten nodes in each of the others its emptiness would weigh as much as any trouble. */
    @Test
    void doesNotTryTheRefusingPoolFirstForItsEmptiness() {
        Memory memory = remembering(Map.of(A, PoolMemory.NONE.refused(NOW.minus(Duration.ofMinutes(5)))));

        assertThat(pools(memory).best(zone -> zone.equals(A.zone()) ? 0 : 20)).contains(B);
        assertThat(pools(remembering(Map.of(A, PoolMemory.NONE.refused(NOW.minus(Duration.ofHours(2))))))
                        .best(zone -> zone.equals(A.zone()) ? 0 : 20))
                .contains(A);
    }

    private static SpotPools pools(Memory memory) {
        Observation observation = new Observation(
                new Moment(NOW, Duration.ofDays(30)),
                List.of(),
                Set.of(),
                Map.of(),
                Map.of(),
                null,
                Map.of(),
                List.of());
        return SpotPools.of(SPEC, observation, memory, NOW, Catalog.shipped());
    }

    private static Memory remembering(Map<Pool, PoolMemory> known) {
        SortedMap<Pool, PoolMemory> pools = new TreeMap<>(known);
        return Memory.born(START).withPools(pools);
    }

    private static Pool pool(String zone) {
        return new Pool(Specs.T2_MICRO, new Zone("us-east-1" + zone));
    }
}
