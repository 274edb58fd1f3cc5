package dev.mainstay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.cluster.ClusterSpec;
import dev.mainstay.cluster.NodeId;
import dev.mainstay.simulation.Fault;
import dev.mainstay.simulation.VirtualTime;
import dev.mainstay.simulation.WorldSpec;
import dev.mainstay.simulation.sdk.Call;
import dev.mainstay.simulation.sdk.CallBoundary;
import dev.mainstay.testing.FaultPoints;
import dev.mainstay.testing.Rehearsal;
import dev.mainstay.testing.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Time goes wrong right after the answer to one AWS call, at each call of one story (a cluster starts, a node hangs and is
 * replaced): the process stands still for 40 minutes, its machine sleeps for as long, or the wall clock is set an hour or a
 * day forward or back. Wherever that is, exactly the one node is replaced, and passes go on.
 *
 * <p>In the suite a share of the calls, each kind in turn; {@code -Dmainstay.moments=all}: every kind at every call.
 */
class StoppedTimeTest {
    private static final boolean ALL =
            System.getProperty("mainstay.moments", "").equals("all");
    private static final int SHARE = 31;
    private static final long SEED = 11;
    private static final Duration LONG = Duration.ofMinutes(40);

    /** What goes wrong. */
    enum Trouble {
        FREEZE,
        SLEEP,
        HOUR_FORWARD,
        HOUR_BACK,
        DAY_FORWARD,
        DAY_BACK;

        void strike(VirtualTime time) {
            switch (this) {
                case FREEZE -> time.freeze(LONG, false);
                case SLEEP -> time.freeze(LONG, true);
                case HOUR_FORWARD -> time.stepWall(Duration.ofHours(1));
                case HOUR_BACK -> time.stepWall(Duration.ofHours(-1));
                case DAY_FORWARD -> time.stepWall(Duration.ofDays(1));
                case DAY_BACK -> time.stepWall(Duration.ofDays(-1));
            }
        }
    }

    private record Moment(long call, Trouble trouble) {}

    @Test
    void noMomentToStandStillInHurtsTheCluster() {
        long calls = play(null).calls;
        List<Moment> moments = new ArrayList<>();
        List<Trouble> troubles = List.of(Trouble.values());
        for (long call = 1; call <= calls; call++) {
            for (int turn = 0; turn < troubles.size(); turn++) {
                if (ALL || (call - 1) % SHARE == 0 && (call - 1) / SHARE % troubles.size() == turn) {
                    moments.add(new Moment(call, troubles.get(turn)));
                }
            }
        }

        List<String> wrong = moments.parallelStream()
                .flatMap(moment -> play(moment).wrong.stream())
                .toList();

        new FaultPoints(moments.size(), calls * troubles.size(), "moments").print();
        assertThat(wrong).isEmpty();
    }

    private record Ending(long calls, List<String> wrong) {}

    private static Ending play(@Nullable Moment moment) {
        WorldSpec calm = WorldSpec.calm(SEED);
        WorldSpec world = calm.withApi(new WorldSpec.Api(2, Duration.ofSeconds(40), Duration.ZERO))
                .withHealthChecks(calm.healthChecks().withDeregistrationDelay(Duration.ofMinutes(1)));
        ClusterSpec spec = Specs.in(Specs.micro(), world.place());
        Strike strike = new Strike(moment);
        try (Rehearsal rehearsal = new Rehearsal(spec, world, strike)) {
            strike.time = rehearsal.time();
            rehearsal.run(Duration.ofMinutes(9));
            while (!whole(rehearsal) && rehearsal.time().elapsed().compareTo(Duration.ofHours(2)) < 0) {
                rehearsal.run(Duration.ofMinutes(1));
            }
            NodeId hung = rehearsal.serving().getFirst();
            rehearsal.inject(new Fault.Hang(hung)).run(Duration.ofMinutes(25));
            long calls = rehearsal.aws().callsMade();
            rehearsal.run(Duration.ofMinutes(moment == null ? 0 : 60));
            return new Ending(calls, wrong(moment, rehearsal, hung));
        }
    }

    private static boolean whole(Rehearsal rehearsal) {
        return !rehearsal.passes().isEmpty() && rehearsal.lastPass().plan().serving() == 4;
    }

    private static List<String> wrong(@Nullable Moment moment, Rehearsal rehearsal, NodeId hung) {
        List<String> wrong = new ArrayList<>();
        if (rehearsal.serving().size() != 4 || rehearsal.alive().size() != 4 || rehearsal.launched() != 5) {
            wrong.add("%s: %d serve and %d exist of %d launched"
                    .formatted(
                            moment,
                            rehearsal.serving().size(),
                            rehearsal.alive().size(),
                            rehearsal.launched()));
        }
        if (rehearsal.alive().stream().anyMatch(machine -> machine.id().equals(hung))) {
            wrong.add("%s: the hung node is still there".formatted(moment));
        }
        int passes = rehearsal.passes().size();
        rehearsal.run(Duration.ofMinutes(5));
        int in5Minutes = rehearsal.passes().size() - passes;
        boolean quiet = IntStream.range(passes, passes + in5Minutes)
                .allMatch(pass -> rehearsal.passes().get(pass).outcomes().isEmpty());
        if (in5Minutes < 9 || in5Minutes > 11 || !quiet) {
            wrong.add("%s: %d passes in five minutes, quiet: %s".formatted(moment, in5Minutes, quiet));
        }
        return wrong;
    }

    /** Strikes once, when the answer is there and nobody has read it. */
    private static final class Strike implements CallBoundary {
        private final @Nullable Moment moment;
        private @Nullable VirtualTime time;

        Strike(@Nullable Moment moment) {
            this.moment = moment;
        }

        @Override
        public void after(Call call) {
            if (moment != null && time != null && call.number() == moment.call) {
                moment.trouble.strike(time);
            }
        }
    }
}
