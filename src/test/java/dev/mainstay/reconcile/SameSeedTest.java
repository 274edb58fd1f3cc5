package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.simulation.Fault;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameSeedTest {
    @Test
    void twoRunsOfOneSeedLogTheSameToTheByte() {
        assertThat(log(7)).isEqualTo(log(7)).hasSizeGreaterThan(20);
        assertThat(log(7)).isNotEqualTo(log(8));
    }

    private static List<String> log(long seed) {
        try (Rehearsal rehearsal = Rehearsal.calm(seed)) {
            rehearsal.run(Duration.ofMinutes(30));
            rehearsal.inject(new Fault.Hang(rehearsal.serving().getFirst())).run(Duration.ofHours(1));
            return List.copyOf(rehearsal.log());
        }
    }
}
