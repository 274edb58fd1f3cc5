package dev.mainstay.perturbation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kinds of disturbances. */
enum Kind {
    /** A crash at each of four edges of each call. */
    CRASH(53) {
        @Override
        Disturbances of(Undisturbed play) {
            List<Disturbance> different = new ArrayList<>();
            Set<Integer> moments = new HashSet<>();
            for (long call = play.first(); call <= play.last(); call++) {
                for (Crash.Edge edge : Crash.Edge.values()) {
                    Crash crash = new Crash(call, edge);
                    if (moments.add(play.record().moment(crash))) {
                        different.add(new Disturbance(
                                crash.toString(),
                                play.record().writes(call),
                                RESTART,
                                () -> new Crashes(List.of(crash))));
                    }
                }
            }
            return new Disturbances(play.calls() * Crash.Edge.values().length, different);
        }
    };

    /** The daemon is started again so long after a crash. */
    private static final Duration RESTART = Duration.ofSeconds(10);

    private final int step;

    Kind(int step) {
        this.step = step;
    }

    /** The suite tries one of so many. */
    int step() {
        return step;
    }

    /** All of this kind that are different from each other in this scenario. */
    abstract Disturbances of(Undisturbed play);

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What there is to try.
     *
     * @param points how many points of the scenario are disturbed
     * @param different one for each group of points at which the disturbance makes one and the same play
     */
    record Disturbances(long points, List<Disturbance> different) {
        private static final int MORE_OFTEN = 20;

        /** One of so many, evenly; of those at writes, more. */
        List<Disturbance> slice(int step) {
            List<Disturbance> slice = new ArrayList<>();
            int passed = step / 2;
            for (Disturbance disturbance : different) {
                passed += disturbance.writes() ? MORE_OFTEN : 1;
                if (passed >= step) {
                    slice.add(disturbance);
                    passed %= step;
                }
            }
            return slice;
        }
    }
}
