package dev.mainstay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Control;
import dev.mainstay.planning.Memory;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.Machine;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.SimulatedCrash;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The loop over what a torn or lost journal leaves: the daemon dies right after an append, at each append of a story (a
 * cluster starts, a node hangs and is replaced), and finds a journal without the last one, two or five of them, or without
 * any. It never takes the nodes that it sees for none: nothing is launched twice, and no node ends but the one that hung.
 * {@code -Dmainstay.appends=all} tries each append instead of every seventh.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OlderJournalRunTest {
    private static final long SEED = 11;
    private static final int EVERYTHING = Integer.MAX_VALUE;
    private static final List<Integer> LOST = List.of(1, 2, 5, EVERYTHING);

    Stream<Arguments> losses() {
        try (Story story = new Story(Integer.MAX_VALUE, 0)) {
            story.check();
            int appends = story.journal.committed.size();
            List<Arguments> losses = IntStream.range(1, appends)
                    .boxed()
                    .filter(append -> append % Appends.STEP == 0)
                    .flatMap(append -> LOST.stream().map(lost -> Arguments.of(append, lost)))
                    .toList();
            new FaultPoints(losses.size(), (appends - 1L) * LOST.size(), "lost journals").print();
            return losses.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void launchesNothingTwiceAndEndsNoHealthyNode(int append, int lost) {
        try (Story story = new Story(append, lost)) {
            story.check();
            assertThat(story.rehearsal.crashes()).isEqualTo(1);
        }
    }

    private static final class Story implements AutoCloseable {
        private final Rehearsal rehearsal;
        private final Forgetful journal;
        private final NodeId hung;
        private final List<NodeId> everServed;

        Story(int crashAfter, int lost) {
            WorldSpec world = WorldSpec.calm(SEED);
            world = world.withHealthChecks(world.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
            rehearsal = new Rehearsal(Specs.in(Specs.micro(), world.place()), world);
            journal = new Forgetful(crashAfter, lost);
            rehearsal.kill();
            rehearsal.remember(journal);
            rehearsal.start();
            rehearsal.run(Duration.ofMinutes(12));
            everServed = List.copyOf(rehearsal.serving());
            hung = everServed.getFirst();
            // The budgets of a lost journal start spent, the one for heals for an hour.
            rehearsal.inject(new Fault.Hang(hung)).run(Duration.ofMinutes(100));
            if (rehearsal.lastPass().memory().conditions().containsKey(ConditionName.ANOTHER_SUPERVISOR)) {
                // The intent of a node of its own is forgotten, its own birth is not: someone has to say whose it is.
                rehearsal.tell(new Control.Retry("a person")).run(Duration.ofMinutes(100));
            }
        }

        void check() {
            assertThat(everServed).hasSize(4);
            assertThat(rehearsal.launched()).isEqualTo(5);
            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(rehearsal.alive()).extracting(Machine::id).containsAll(everServed.subList(1, 4));
        }

        @Override
        public void close() {
            rehearsal.close();
        }
    }

    /** A journal that kills the daemon after one append, and has lost some appends when it is back. */
    private static final class Forgetful implements Journal {
        private final int crashAfter;
        private final int lost;
        private final List<Memory> committed = new ArrayList<>();
        private Journal journal = SqliteJournal.inMemory();

        Forgetful(int crashAfter, int lost) {
            this.crashAfter = crashAfter;
            this.lost = lost;
        }

        @Override
        public Memory load(ClusterName cluster, Instant now) {
            return journal.load(cluster, now);
        }

        @Override
        public void store(ClusterName cluster, Memory before, Memory after) {
            journal.store(cluster, before, after);
            Memory now = journal.load(cluster, Instant.MIN);
            if (committed.isEmpty() || !now.equals(committed.getLast())) {
                committed.add(now);
                if (committed.size() == crashAfter) {
                    lose(cluster);
                    throw new SimulatedCrash("after append " + crashAfter);
                }
            }
        }

        private void lose(ClusterName cluster) {
            journal.close();
            journal = SqliteJournal.inMemory();
            if (lost < committed.size()) {
                Memory older = committed.get(committed.size() - 1 - lost);
                journal.store(cluster, journal.load(cluster, older.birth()), older);
            }
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
