package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.Market;
import dev.mainstay.planning.Action;
import dev.mainstay.planning.Outcome;
import dev.mainstay.simulation.Fault;
import dev.mainstay.testing.Rehearsal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A want of capacity arrives as an HTTP 500, and is an answer all the same. */
class RefusedPoolsTest {
    private static final Duration REST_OF_A_POOL = Duration.ofMinutes(4);

    @Test
    void costsOneLaunchCallForEachPool() {
        try (Rehearsal rehearsal = Rehearsal.calm(7)) {
            rehearsal.run(Duration.ofHours(1));
            Duration until = rehearsal.time().elapsed().plusHours(1);
            rehearsal.inject(new Fault.RefuseLaunches(null, Market.SPOT, until));
            rehearsal.inject(new Fault.Interrupt(
                    rehearsal.alive().stream()
                            .filter(machine -> machine.market() == Market.SPOT)
                            .findFirst()
                            .orElseThrow()
                            .id(),
                    false));
            int before = rehearsal.passes().size();

            rehearsal.run(REST_OF_A_POOL.minusSeconds(30));

            List<Action.Launch> asked = rehearsal.passes().stream()
                    .skip(before)
                    .flatMap(pass -> pass.outcomes().stream())
                    .map(Outcome::action)
                    .filter(Action.Launch.class::isInstance)
                    .map(Action.Launch.class::cast)
                    .filter(launch -> launch.market() == Market.SPOT)
                    .toList();
            // Where the node was lost nobody asks for a while anyway.
            assertThat(asked)
                    .extracting(launch -> launch.pool().zone().value())
                    .containsExactlyInAnyOrder("us-east-1a", "us-east-1c");
        }
    }
}
