package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.NodeId;
import dev.mainstay.cluster.Zone;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.SpecDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that are sick together, in the daemon's own loop. */
class SharedFateRunTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void healsTwoOfFourHungNodesWithoutAPerson(int max) {
        WorldSpec world = WorldSpec.calm(SEED);
        try (Rehearsal rehearsal = new Rehearsal(SpecDraft.micro().max(max).in(world.place()), world)) {
            rehearsal.run(Duration.ofMinutes(30));
            List<NodeId> hung = rehearsal.serving().subList(0, 2);
            hung.forEach(id -> rehearsal.inject(new Fault.Hang(id)));

            rehearsal.run(Duration.ofMinutes(40));

            assertThat(rehearsal.serving()).hasSize(4).doesNotContainAnyElementsOf(hung);
            assertThat(rehearsal.alive()).hasSize(4);
            assertThat(rehearsal.launched()).isEqualTo(6);
            int writes = rehearsal.writes().size();
            assertThat(rehearsal.run(Duration.ofHours(1)).writes()).hasSize(writes);
        }
    }

    @Test
    void healsFourOfFourHungNodesWithoutAPerson() {
        try (Rehearsal rehearsal = Rehearsal.calm(SEED)) {
            rehearsal.run(Duration.ofMinutes(30));
            List<NodeId> hung = rehearsal.serving();
            hung.forEach(id -> rehearsal.inject(new Fault.Hang(id)));

            rehearsal.run(Duration.ofHours(3));

            assertThat(rehearsal.serving()).hasSize(4).doesNotContainAnyElementsOf(hung);
            assertThat(rehearsal.alive()).hasSize(4);
        }
    }

    @Test
    void keepsEveryNodeThroughAnOutageOfWhatTheyDependOn() {
        try (Rehearsal rehearsal = Rehearsal.calm(SEED)) {
            rehearsal.run(Duration.ofMinutes(30));
            List<NodeId> before = rehearsal.serving();
            int writes = rehearsal.writes().size();

            rehearsal.inject(new Fault.Outage(null, Duration.ofMinutes(90))).run(Duration.ofMinutes(59));
            assertThat(rehearsal.alive().stream().map(Machine::id)).containsAll(before);

            rehearsal.run(Duration.ofHours(1));
            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(rehearsal.alive()).hasSize(4);
            // One canary after five minutes, and one when that had failed and 15 minutes had gone; the first went as
            // sick, the second as surplus.
            assertThat(rehearsal.launched()).isEqualTo(6);
            assertThat(rehearsal.writes().subList(writes, rehearsal.writes().size()))
                    .filteredOn(write -> write.startsWith("terminate"))
                    .hasSize(2);
            assertThat(rehearsal.log()).anyMatch(line -> line.contains("canary-sick"));
            writes = rehearsal.writes().size();
            assertThat(rehearsal.run(Duration.ofHours(1)).writes()).hasSize(writes);
        }
    }

    @Test
    void bridgesTheOutageOfAZoneAndTerminatesNobodyThereWhileItLasts() {
        WorldSpec world = WorldSpec.calm(SEED);
        try (Rehearsal rehearsal = new Rehearsal(SpecDraft.micro().desired(6).in(world.place()), world)) {
            rehearsal.run(Duration.ofMinutes(30));
            Zone zone = new Zone("us-east-1a");
            List<NodeId> there = rehearsal.alive().stream()
                    .filter(machine -> machine.zone().equals(zone))
                    .map(Machine::id)
                    .toList();
            assertThat(there).hasSizeGreaterThan(1);

            rehearsal.inject(new Fault.Outage(zone, Duration.ofMinutes(70))).run(Duration.ofMinutes(12));
            assertThat(rehearsal.serving()).hasSize(6);

            rehearsal.run(Duration.ofMinutes(25));
            assertThat(rehearsal.alive().stream().map(Machine::id)).containsAll(there);

            rehearsal.run(Duration.ofMinutes(60));
            assertThat(rehearsal.serving()).hasSize(6);
            assertThat(rehearsal.alive()).hasSize(6);
        }
    }
}
