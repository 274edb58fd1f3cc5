package dev.mainstay.perturbation;

import dev.mainstay.perturbation.Answers.Question;
import dev.mainstay.planning.Pass;
import dev.mainstay.simulation.sdk.Call;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers a read with what was true before. */
final class StaleReads implements Interference {
    private final Stale stale;
    private final Answers answers = new Answers();
    private int pass;
    private @Nullable Question frozen;
    private int until;
    private Optional<Object> kept = Optional.empty();

    StaleReads(Stale stale) {
        this.stale = stale;
    }

    @Override
    public void passed(Pass done) {
        pass++;
    }

    @Override
    public <R> R carry(Call call, Supplier<R> there) {
        R truth = there.get();
        if (call.writes()) {
            return truth;
        }
        Question question = Question.of(call);
        Optional<Object> shown = shown(call, question);
        answers.add(call, pass, truth);
        return shown.map(answer -> same(truth, answer)).orElse(truth);
    }

    private Optional<Object> shown(Call call, Question question) {
        if (call.number() == stale.call()) {
            switch (stale.manner()) {
                case TRAVEL -> {
                    return answers.by(question, pass - stale.passes());
                }
                case FREEZE -> {
                    frozen = question;
                    until = pass + stale.passes();
                    kept = answers.before(question, call.number());
                }
            }
        }
        return question.equals(frozen) && pass < until ? kept : Optional.empty();
    }

    @SuppressWarnings("unchecked") // the answer to the same operation
    private static <R> R same(R truth, Object answer) {
        return (R) truth.getClass().cast(answer);
    }
}
