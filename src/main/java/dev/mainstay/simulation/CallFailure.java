package dev.mainstay.simulation;

/** How an AWS call fails that the world itself would have answered. */
public sealed interface CallFailure {
    /** AWS is too busy; nothing happened. */
    CallFailure THROTTLED = new Answer("RequestLimitExceeded", 503);
    /** AWS does not know these credentials' rights; nothing happened. */
    CallFailure DENIED = new Answer("UnauthorizedOperation", 403);

    /** AWS answers with an error; nothing happened. */
    record Answer(String code, int status) implements CallFailure {}

    /** The call never reached AWS. */
    record Unreachable() implements CallFailure {}

    /** The call took effect, and its answer never came back. */
    record AnswerLost() implements CallFailure {}
}
