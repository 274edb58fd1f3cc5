package dev.mainstay.simulation;

import java.time.Duration;

/** How an AWS call fails, or is answered wrongly, that the world itself would have answered. */
public sealed interface CallFailure {
    /** AWS is too busy; nothing happened. */
    CallFailure THROTTLED = new Answer("RequestLimitExceeded", 503);
    /** AWS does not know these credentials' rights; nothing happened. */
    CallFailure DENIED = new Answer("UnauthorizedOperation", 403);
    /** AWS finds the signature too old or too new; nothing happened. */
    CallFailure SKEWED = new Answer("SignatureDoesNotMatch", 403);

    /** AWS answers with an error; nothing happened. */
    record Answer(String code, int status) implements CallFailure {}

    /** The call never reached AWS. */
    record Unreachable() implements CallFailure {}

    /** The call took effect, and its answer never came back. */
    record AnswerLost() implements CallFailure {}

    /** The caller gave up waiting, and the call takes effect so much later all the same. */
    record EffectLate(Duration by) implements CallFailure {}

    /** The call took effect, and its answer comes so much later; a caller waits for ten seconds at most. */
    record AnswerLate(Duration by) implements CallFailure {}

    /** The request arrived twice; the caller hears the second answer. */
    record ArrivedTwice() implements CallFailure {}

    /** The call took effect and succeeded, and its answer lists nothing. */
    record EmptyAnswer() implements CallFailure {}

    /** The call took effect and succeeded, and every other row is missing in its answer. */
    record HalfAnswer() implements CallFailure {}

    /** The call took effect and succeeded, and the first page of its answer calls itself the last. */
    record FirstPageOnly() implements CallFailure {}
}
