package dev.mainstay.perturbation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Two crashes, the second in what the first made of the play: all ordered pairs, or, where those are too many plays, a seeded
 * sample, in half of which the second comes while the daemon still takes up what the first left.
 *
 * <p>Edges between which nothing becomes durable are one: a daemon that dies before a call leaves what one leaves that died
 * after the call before. So it is enough to crash after each call, and after each store.
 */
final class CrashPairs {
    /** Of each scenario that has more. */
    static final int ENOUGH = 10_000;

    /** The first pass after a restart makes at least so many calls. */
    private static final int TAKING_UP = 12;

    private static final Crash.Edge[] DURABLE = {Crash.Edge.AFTER_SENT, Crash.Edge.AFTER_JOURNAL};

    private final Undisturbed play;
    private final int most;

    CrashPairs(Undisturbed play, int most) {
        this.play = play;
        this.most = most;
    }

    Kind.Disturbances find() {
        List<Pair> pairs = all();
        long edges = Crash.Edge.values().length;
        long points = edges * edges * play.calls() * (play.calls() - 1) / 2;
        boolean allOfThem = pairs.size() <= most;
        List<Pair> tried = allOfThem ? pairs : drawn(pairs);
        return new Kind.Disturbances(
                allOfThem ? points : tried.size(),
                points,
                tried.stream().map(this::disturbance).toList());
    }

    private record Pair(Crash first, Crash second) {
        boolean soon() {
            return second.call() - first.call() <= TAKING_UP;
        }
    }

    private List<Pair> all() {
        List<Pair> pairs = new ArrayList<>();
        Set<Integer> moments = new HashSet<>();
        for (long call = play.first(); call <= play.last(); call++) {
            for (Crash.Edge edge : DURABLE) {
                Crash first = new Crash(call, edge);
                if (moments.add(play.record().moment(first))) {
                    for (long second = call + 1; second <= play.last(); second++) {
                        for (Crash.Edge secondEdge : DURABLE) {
                            pairs.add(new Pair(first, new Crash(second, secondEdge)));
                        }
                    }
                }
            }
        }
        return pairs;
    }

    private List<Pair> drawn(List<Pair> pairs) {
        SplittableRandom random = new SplittableRandom(play.calls());
        List<Pair> soon = new ArrayList<>(pairs.stream().filter(Pair::soon).toList());
        List<Pair> later =
                new ArrayList<>(pairs.stream().filter(pair -> !pair.soon()).toList());
        List<Pair> drawn = new ArrayList<>();
        while (drawn.size() < most) {
            List<Pair> from = soon.isEmpty() || !later.isEmpty() && random.nextBoolean() ? later : soon;
            int index = random.nextInt(from.size());
            drawn.add(from.get(index));
            from.set(index, from.getLast());
            from.removeLast();
        }
        return drawn;
    }

    private Disturbance disturbance(Pair pair) {
        return new Disturbance(
                pair.first() + "+" + pair.second(),
                play.record().writes(pair.first().call())
                        || play.record().writes(pair.second().call()),
                Kind.RESTART.multipliedBy(2),
                () -> new Crashes(List.of(pair.first(), pair.second())));
    }
}
