package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.simulation.sdk.CrashAt;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The supervisor is killed at every edge of every AWS call of one story (a cluster starts, a node hangs and is replaced),
 * and started again ten seconds later. Wherever it dies, exactly the machines of the undisturbed run are launched, and the
 * same cluster stands at the end. New instances are invisible for up to 40 seconds, so a restart cannot just look.
 */
class CrashTest {
    private static final long SEED = 11;
    private static final Duration INVISIBLE = Duration.ofSeconds(40);

    @Test
    void noCrashAtAnyCallBoundaryMakesASecondNode() {
        long calls = undisturbed();
        List<CrashAt> crashes = LongStream.rangeClosed(1, calls)
                .boxed()
                .flatMap(number -> Stream.of(CrashAt.Edge.values()).map(edge -> new CrashAt(number, edge)))
                .toList();

        assertThat(crashes).hasSizeGreaterThan(200).allSatisfy(CrashTest::survives);
    }

    private static long undisturbed() {
        try (Rehearsal rehearsal = story(CallBoundary.OPEN)) {
            check(rehearsal);
            return rehearsal.aws().callsMade();
        }
    }

    private static void survives(CrashAt crash) {
        try (Rehearsal rehearsal = story(crash)) {
            assertThat(rehearsal.crashes()).isEqualTo(1);
            check(rehearsal);
        }
    }

    private static Rehearsal story(CallBoundary boundary) {
        WorldSpec world = WorldSpec.calm(SEED);
        WorldSpec slow = world.withApi(new WorldSpec.Api(2, INVISIBLE, Duration.ZERO))
                .withHealthChecks(world.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
        ClusterSpec spec = Specs.in(Specs.micro(), slow.place());
        Rehearsal rehearsal = new Rehearsal(spec, slow, boundary);
        rehearsal.run(Duration.ofMinutes(9));
        NodeId hung = rehearsal.serving().getFirst();
        rehearsal.inject(new Fault.Hang(hung)).run(Duration.ofMinutes(25));
        return rehearsal;
    }

    private static void check(Rehearsal rehearsal) {
        assertThat(rehearsal.serving()).hasSize(4);
        assertThat(rehearsal.alive()).hasSize(4);
        assertThat(rehearsal.launched()).isEqualTo(5);
    }
}
