package dev.mainstay.perturbation;

import dev.mainstay.simulation.sdk.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;

/** What reads were answered so far, by operation and request. */
final class Answers {
    private final Map<Question, List<Answer>> answers = new HashMap<>();

    /** What is asked. Of requests for a span of time that moves on with the clock, without that. */
    record Question(String operation, SdkRequest request) {
        static Question of(Call call) {
            return new Question(
                    call.operation(),
                    switch (call.request()) {
                        case GetMetricDataRequest metrics ->
                            metrics.toBuilder().startTime(null).endTime(null).build();
                        case DescribeSpotPriceHistoryRequest prices ->
                            prices.toBuilder().startTime(null).endTime(null).build();
                        default -> call.request();
                    });
        }
    }

    /** An answer, and the pass in which it was given. */
    record Answer(long call, int pass, Object value) {}

    void add(Call call, int pass, Object answer) {
        answers.computeIfAbsent(Question.of(call), _ -> new ArrayList<>()).add(new Answer(call.number(), pass, answer));
    }

    List<Answer> to(Question question) {
        return answers.getOrDefault(question, List.of());
    }

    /** The last answer to the question by then, if there was one. */
    Optional<Object> by(Question question, int pass) {
        return to(question).reversed().stream()
                .filter(answer -> answer.pass() <= pass)
                .findFirst()
                .map(Answer::value);
    }

    /** The last answer to the question before that call, if there was one. */
    Optional<Object> before(Question question, long call) {
        return to(question).reversed().stream()
                .filter(answer -> answer.call() < call)
                .findFirst()
                .map(Answer::value);
    }
}
