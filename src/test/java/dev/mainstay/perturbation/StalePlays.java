package dev.mainstay.perturbation;

import dev.mainstay.perturbation.Answers.Question;
import dev.mainstay.perturbation.Recording.Heard;
import dev.mainstay.planning.ActionKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All stale answers that make a difference: most reads are answered as they were a minute ago. */
final class StalePlays {
    private static final int MOST_PASSES = 20;

    /**
     * What is not seen in service for 15 minutes is a failed launch, as far as anyone can tell: so much earlier an old answer
     * must give way to the truth.
     */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(11);

    private final Undisturbed play;
    private final Duration longest;
    private final Answers answers = new Answers();
    /** What was shown, at which call first, and until which pass: the same of these is the same play. */
    private final Set<Shown> seen = new HashSet<>();

    private final List<Disturbance> different = new ArrayList<>();
    private long points;

    private record Shown(Question question, Object answer, long firstCall, int untilPass) {}

    StalePlays(Undisturbed play) {
        this.play = play;
        boolean launches = play.scenario().deeds().contains(ActionKind.LAUNCH);
        this.longest = launches ? LONGEST_WAIT : Duration.ofDays(1);
        play.record().heard().stream()
                .filter(heard -> !heard.call().writes())
                .forEach(heard -> answers.add(heard.call(), heard.pass(), heard.answer()));
    }

    Kind.Disturbances find() {
        for (Heard heard : play.record().heard()) {
            long number = heard.call().number();
            if (heard.call().writes() || number < play.first() || number > play.last()) {
                continue;
            }
            for (int passes = 1; passes <= MOST_PASSES; passes++) {
                travel(heard, passes);
                points++;
                if (play.scenario().spec().interval().multipliedBy(passes).compareTo(longest) <= 0) {
                    freeze(heard, passes);
                    points++;
                }
            }
        }
        return new Kind.Disturbances(points, different);
    }

    private void travel(Heard heard, int passes) {
        Question question = Question.of(heard.call());
        answers.by(question, heard.pass() - passes)
                .filter(answer -> !answer.equals(heard.answer()))
                .ifPresent(answer -> add(
                        new Stale(heard.call().number(), Stale.Manner.TRAVEL, passes),
                        new Shown(question, answer, heard.call().number(), heard.pass())));
    }

    private void freeze(Heard heard, int passes) {
        Question question = Question.of(heard.call());
        Optional<Object> kept = answers.before(question, heard.call().number());
        int until = heard.pass() + passes;
        kept.flatMap(answer -> answers.to(question).stream()
                        .filter(one -> one.call() >= heard.call().number()
                                && one.pass() < until
                                && !one.value().equals(answer))
                        .findFirst())
                .ifPresent(first -> add(
                        new Stale(heard.call().number(), Stale.Manner.FREEZE, passes),
                        new Shown(question, kept.orElseThrow(), first.call(), until)));
    }

    private void add(Stale stale, Shown shown) {
        if (seen.add(shown)) {
            different.add(new Disturbance(
                    stale.toString(),
                    false,
                    play.scenario().spec().interval().multipliedBy(stale.passes()),
                    () -> new StaleReads(stale)));
        }
    }
}
