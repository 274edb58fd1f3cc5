package dev.mainstay.stories;

import dev.mainstay.simulation.CallFailure;
import dev.mainstay.simulation.Fault;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads how calls go wrong: "is throttled 5 times in 10 until 10:05". */
final class CallTroubles {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Za-z.]+");

    private CallTroubles() {}

    static Happening.Event read(String operation, Duration at, Words words) {
        CallFailure failure = failure(words);
        double share = share(words);
        words.need("until");
        Duration until = words.time();
        if (until.compareTo(at) <= 0) {
            throw words.mistake("%s is not after %s".formatted(Clock.of(until), Clock.of(at)));
        }
        return stage -> stage.inject(new Fault.FailCalls(operation, failure, share, at, until));
    }

    private static CallFailure failure(Words words) {
        if (words.take("is throttled")) {
            return CallFailure.THROTTLED;
        }
        if (words.take("is denied")) {
            return CallFailure.DENIED;
        }
        if (words.take("is not reached")) {
            return new CallFailure.Unreachable();
        }
        if (words.take("takes effect but its answer is lost")) {
            return new CallFailure.AnswerLost();
        }
        if (words.take("is given up and takes effect later by")) {
            return new CallFailure.EffectLate(words.length());
        }
        if (words.take("is answered later by")) {
            return new CallFailure.AnswerLate(words.length());
        }
        if (words.take("arrives twice")) {
            return new CallFailure.ArrivedTwice();
        }
        if (words.take("lists nothing")) {
            return new CallFailure.EmptyAnswer();
        }
        if (words.take("lists every other row")) {
            return new CallFailure.HalfAnswer();
        }
        if (words.take("lists its first page only")) {
            return new CallFailure.FirstPageOnly();
        }
        words.need("fails with");
        String code = words.word(CODE, "an AWS error code such as InternalError");
        return new CallFailure.Answer(code, words.take("500") ? 500 : 400);
    }

    private static double share(Words words) {
        if (!words.atNumber()) {
            return 1;
        }
        int times = words.number();
        words.need("times in");
        return (double) times / words.number();
    }
}
