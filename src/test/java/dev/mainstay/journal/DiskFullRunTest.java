package dev.mainstay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterName;
import dev.mainstay.journal.sqlite.SqliteJournal;
import dev.mainstay.planning.Condition;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.planning.Memory;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The disk is full from the n-th append to the journal on, for three minutes, for every n of a story (a cluster starts, a
 * node hangs and is replaced). As long as nothing can be remembered nothing is written to AWS, every pass says so, and
 * afterwards exactly the machines of the undisturbed run are launched. {@code -Dmainstay.appends=all} tries each append
 * instead of every third.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiskFullRunTest {
    private static final long SEED = 11;
    private static final Duration FULL_FOR = Duration.ofMinutes(3);

    List<Integer> appends() {
        Disk disk = new Disk(0);
        try (Rehearsal rehearsal = story(disk)) {
            assertThat(rehearsal.launched()).isEqualTo(5);
            assertThat(disk.appends).isGreaterThan(4);
            List<Integer> tried = IntStream.rangeClosed(1, disk.appends)
                    .filter(append -> append % Math.min(3, Appends.STEP) == 0)
                    .boxed()
                    .toList();
            new FaultPoints(tried.size(), disk.appends, "appends to a full disk").print();
            return tried;
        }
    }

    @ParameterizedTest
    @MethodSource("appends")
    void writesNothingToAwsThatItCannotRemember(int append) {
        Disk disk = new Disk(append);
        try (Rehearsal rehearsal = story(disk)) {
            assertThat(disk.writesWhileFull).isEmpty();
            assertThat(rehearsal.passes())
                    .filteredOn(pass -> disk.wasFull(pass.plan().at()))
                    .hasSizeGreaterThan(4)
                    .allSatisfy(pass -> assertThat(conditions(pass)).contains(ConditionName.CANNOT_REMEMBER));
            assertThat(conditions(rehearsal.lastPass())).doesNotContain(ConditionName.CANNOT_REMEMBER);
            assertThat(rehearsal.serving()).hasSize(4);
            assertThat(rehearsal.alive()).hasSize(4);
            assertThat(rehearsal.launched()).isEqualTo(5);
        }
    }

    private static List<ConditionName> conditions(Pass pass) {
        return pass.plan().conditions().stream().map(Condition::name).toList();
    }

    private static Rehearsal story(Disk disk) {
        WorldSpec world = WorldSpec.calm(SEED);
        world = world.withHealthChecks(world.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
        Rehearsal rehearsal = new Rehearsal(Specs.in(Specs.micro(), world.place()), world, disk);
        rehearsal.kill();
        rehearsal.remember(disk);
        disk.clock = () -> rehearsal.time().now().wall();
        rehearsal.start();
        rehearsal.run(Duration.ofMinutes(15));
        rehearsal.inject(new Fault.Hang(rehearsal.serving().getFirst())).run(Duration.ofMinutes(35));
        return rehearsal;
    }

    /** A journal on a disk that is full for a while, beside the calls that go out meanwhile. */
    private static final class Disk implements Journal, CallBoundary {
        private final Journal journal = SqliteJournal.inMemory();
        private final int fullAt;
        private final List<String> writesWhileFull = new ArrayList<>();
        private Supplier<Instant> clock = () -> Instant.MIN;
        private Instant fullSince = Instant.MAX;
        private int appends;

        Disk(int fullAt) {
            this.fullAt = fullAt;
        }

        boolean wasFull(Instant at) {
            return !at.isBefore(fullSince) && at.isBefore(fullSince.plus(FULL_FOR));
        }

        @Override
        public Memory load(ClusterName cluster, Instant now) {
            return journal.load(cluster, now);
        }

        @Override
        public void store(ClusterName cluster, Memory before, Memory after) {
            boolean differs = !after.withSeen(before.seen()).equals(before) || after.timed();
            if (differs && ++appends == fullAt) {
                fullSince = clock.get();
            }
            if (differs && wasFull(clock.get())) {
                throw new JournalException("the disk is full");
            }
            journal.store(cluster, before, after);
        }

        @Override
        public void before(Call call) {
            if (call.writes() && wasFull(clock.get())) {
                writesWhileFull.add(call.operation());
            }
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
