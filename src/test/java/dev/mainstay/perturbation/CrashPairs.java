package dev.mainstay.perturbation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Two crashes, the second in what the first made of the play. All ordered pairs of a short scenario; of a longer one a
 * seeded sample, in half of which the second comes while the daemon still takes up what the first left.
 *
 * <p>Edges between which nothing becomes durable are one: a daemon that dies before a call leaves what one leaves that died
 * after the call before. So it is enough to crash after each call, and after each store.
 */
final class CrashPairs {
    /** {@code -Dmainstay.pairs=10000} draws so many for each longer scenario. */
    private static final int DRAWN = Integer.getInteger("mainstay.pairs", 200);

    private static final long SHORT = 30;
    /** The first pass after a restart makes at least so many calls. */
    private static final int TAKING_UP = 12;

    private static final Crash.Edge[] DURABLE = {Crash.Edge.AFTER_SENT, Crash.Edge.AFTER_JOURNAL};

    private static final List<Crash.Edge> EDGES = List.of(Crash.Edge.values());

    private final Undisturbed play;
    private final List<Disturbance> found = new ArrayList<>();

    CrashPairs(Undisturbed play) {
        this.play = play;
    }

    Kind.Disturbances find() {
        long edges = Crash.Edge.values().length;
        if (play.calls() > SHORT) {
            draw();
            return new Kind.Disturbances(found.size(), found);
        }
        all();
        return new Kind.Disturbances(edges * edges * play.calls() * (play.calls() - 1) / 2, found);
    }

    private void all() {
        Set<Integer> moments = new HashSet<>();
        for (long call = play.first(); call <= play.last(); call++) {
            for (Crash.Edge edge : DURABLE) {
                Crash first = new Crash(call, edge);
                if (moments.add(play.record().moment(first))) {
                    for (long second = call + 1; second <= play.last(); second++) {
                        for (Crash.Edge secondEdge : DURABLE) {
                            add(first, new Crash(second, secondEdge));
                        }
                    }
                }
            }
        }
    }

    private void draw() {
        SplittableRandom random = new SplittableRandom(play.calls());
        for (int i = 0; i < DRAWN; i++) {
            long first = random.nextLong(play.first(), play.last());
            boolean soon = random.nextBoolean();
            long bound = soon ? Math.min(play.last(), first + TAKING_UP) : play.last();
            add(crash(random, first), crash(random, random.nextLong(first + 1, bound + 1)));
        }
    }

    private static Crash crash(SplittableRandom random, long call) {
        return new Crash(call, EDGES.get(random.nextInt(EDGES.size())));
    }

    private void add(Crash first, Crash second) {
        found.add(new Disturbance(
                first + "+" + second,
                play.record().writes(first.call()) || play.record().writes(second.call()),
                Kind.RESTART.multipliedBy(2),
                () -> new Crashes(List.of(first, second))));
    }
}
