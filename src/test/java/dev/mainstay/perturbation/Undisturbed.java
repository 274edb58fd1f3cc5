package dev.mainstay.perturbation;

import dev.mainstay.planning.ActionKind;
import dev.mainstay.planning.ConditionName;
import dev.mainstay.simulation.WorldSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scenario that nothing disturbs: what every other play of it is held to.
 *
 * @param first number of the first call since the happening
 * @param last number of the last call: two passes after the last deed
 * @param doneAt when AWS was last asked for something
 * @param told of which conditions an operator is told meanwhile
 * @param record of its calls
 */
record Undisturbed(
        Scenario scenario,
        long first,
        long last,
        Duration doneAt,
        Ending ending,
        List<ActionKind> deeds,
        Set<ConditionName> told,
        Recording record) {
    private static final int QUIET_PASSES = 100;
    private static final int PASSES = 3;

    static Undisturbed of(Scenario scenario) {
        Recording recording = new Recording();
        try (Play play = new Play(scenario, recording)) {
            long first = play.cluster().aws().callsMade() + 1;
            Duration started = play.cluster().time().elapsed();
            Duration end = started.plus(scenario.lasts());
            long last = first;
            Duration now = started;
            while (now.compareTo(end.plus(play.pass().multipliedBy(QUIET_PASSES))) < 0) {
                now = now.plus(play.pass());
                play.runUntil(now);
                end = play.lastDeed().compareTo(end) > 0 ? play.lastDeed() : end;
                if (now.compareTo(end.plus(play.pass().multipliedBy(3))) < 0) {
                    last = play.cluster().aws().callsMade();
                }
            }
            if (!play.breaches().isEmpty()) {
                throw new AssertionError("%s, undisturbed: %s%n%s".formatted(scenario, play.breaches(), play));
            }
            return new Undisturbed(scenario, first, last, end, play.ending(), play.deeds(), play.told(), recording);
        }
    }

    /**
     * What is wrong with another play of the scenario, and its log; empty: it ends as it must, as soon as it must, and is
     * silent then. Beside what the disturbance itself holds up there are a boot and three passes.
     */
    List<String> wrong(Disturbance disturbance, int quietPasses) {
        Duration later = disturbance
                .delay()
                .plus(scenario.patience())
                .plus(WorldSpec.Boot.TYPICAL.answersTo())
                .plus(scenario.spec().interval().multipliedBy(PASSES));
        try (Play play = new Play(scenario, disturbance.interference().get())) {
            Duration end = doneAt.plus(later);
            List<String> found = new ArrayList<>(
                    switch (disturbance.judgement()) {
                        case Disturbance.Judgement.SameEnd _ -> otherEnd(play, end);
                        case Disturbance.Judgement.SameShape same -> otherShape(play, end, same.missing());
                    });
            play.runUntil(end.plus(play.pass().multipliedBy(quietPasses)));
            if (play.lastDeed().compareTo(end) > 0) {
                found.add("writes after " + end);
            }
            Set<ConditionName> strange = play.tells();
            strange.removeAll(told);
            if (!strange.isEmpty()) {
                found.add("still tells of " + strange);
            }
            found.addAll(play.breaches());
            if (!found.isEmpty()) {
                found.add(play.toString());
            }
            return found;
        }
    }

    private List<String> otherEnd(Play play, Duration end) {
        play.runUntil(end);
        return play.ending().equals(ending)
                ? List.of()
                : List.of("ends after %s as %s,%n    and undisturbed as %s".formatted(end, play.ending(), ending));
    }

    private List<String> otherShape(Play play, Duration end, @Nullable Duration most) {
        List<String> found = new ArrayList<>();
        if (most != null) {
            Duration missing = play.missingUntil(end);
            if (missing.compareTo(most) > 0) {
                found.add("nodes were missing for %s, and may be for %s".formatted(missing, most));
            }
        }
        play.runUntil(end);
        if (!play.ending().shape().equals(ending.shape())) {
            found.add("ends after %s as %s,%n    and undisturbed as %s"
                    .formatted(end, play.ending().shape(), ending.shape()));
        }
        return found;
    }

    /** For how long nodes are missing in service where nothing disturbs it. */
    Duration missing() {
        try (Play play = new Play(scenario, Interference.NONE)) {
            return play.missingUntil(doneAt.plus(WorldSpec.Boot.TYPICAL.answersTo()));
        }
    }

    /** How many calls there are to disturb. */
    long calls() {
        return last - first + 1;
    }
}
